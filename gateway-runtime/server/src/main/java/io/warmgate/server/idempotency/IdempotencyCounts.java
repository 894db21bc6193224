package io.warmgate.server.idempotency;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Requests to rules with idempotency keys, by what came of the key. A closed set. */
public final class IdempotencyCounts {

  /** What came of a request's key. */
  public enum Outcome {
    /** It was the first with its key. */
    FIRST,
    /** It got the answer of the first. */
    REPLAYED,
    /** 409: the first is being answered. */
    IN_USE,
    /** 409: nobody knows what became of the first. */
    UNKNOWN,
    /** 422: another request had the key. */
    REUSED,
    /** 422: the first was answered by more than is kept. */
    NOT_REPLAYABLE,
    /** 400: it has none, and needs one. */
    MISSING,
    /** 400: it has something that is none. */
    MALFORMED,
    /** 413: it has more content than is compared. */
    TOO_LARGE,
    /** 503: Redis does not say. */
    UNAVAILABLE,
    /** Redis does not say, and the rule lets it go on all the same. */
    UNPROTECTED;

    /** As metrics and the access log have it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
  private final LongAdder unstored = new LongAdder();

  public IdempotencyCounts() {
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, new LongAdder());
    }
  }

  void add(Outcome outcome) {
    Objects.requireNonNull(outcomes.get(outcome)).increment();
  }

  /** An answer that Redis did not take. */
  void unstored() {
    unstored.increment();
  }

  /** How many requests came to that. */
  public long of(Outcome outcome) {
    return Objects.requireNonNull(outcomes.get(outcome)).sum();
  }

  /** Answers that Redis did not take: their keys are unknown, then free. */
  public long notStored() {
    return unstored.sum();
  }
}
