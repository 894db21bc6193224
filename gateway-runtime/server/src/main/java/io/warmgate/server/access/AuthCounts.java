package io.warmgate.server.access;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Requests by what came of their credentials. A closed set of outcomes. */
public final class AuthCounts {
  private static final String ADMITTED = "admitted";
  private static final String NOBODY = "nobody";
  private static final String UNVERIFIED = "unverified";
  private static final String UNDECIDED = "undecided";

  private final Map<String, LongAdder> counts = new TreeMap<>();
  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
  private final LongAdder admitted = new LongAdder();
  private final LongAdder nobody = new LongAdder();
  private final LongAdder unverified = new LongAdder();
  private final LongAdder undecided = new LongAdder();

  public AuthCounts() {
    for (Refusal why : Refusal.values()) {
      LongAdder count = new LongAdder();
      refused.put(why, count);
      counts.put(why.label(), count);
    }
    counts.put(ADMITTED, admitted);
    counts.put(NOBODY, nobody);
    counts.put(UNVERIFIED, unverified);
    counts.put(UNDECIDED, undecided);
  }

  /** Each outcome's name with how often it was. */
  public Map<String, LongAdder> all() {
    return Map.copyOf(counts);
  }

  /** Somebody who was verified goes on. */
  void admitted() {
    admitted.increment();
  }

  /** Somebody who showed nothing goes on. */
  void nobody() {
    nobody.increment();
  }

  /** Somebody whom nobody could verify goes on, as nobody. */
  void unverified() {
    unverified.increment();
  }

  /** Somebody goes on of whom the rule's service did not say whether. */
  void undecided() {
    undecided.increment();
  }

  void refused(Refusal why) {
    Objects.requireNonNull(refused.get(why)).increment();
  }
}
