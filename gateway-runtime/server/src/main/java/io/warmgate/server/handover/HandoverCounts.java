package io.warmgate.server.handover;

import java.util.EnumMap;
import java.util.concurrent.atomic.LongAdder;

/** How often requests were handed over, and what came of it. */
public final class HandoverCounts {
  private final EnumMap<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  /** What is counted; {@code TO} of this pod to another, {@code FROM} of another to this one. */
  public enum Outcome {
    TO_ANSWERED("to", "answered"),
    /** It broke off, or no answer came, and it could not be asked again. */
    TO_BROKEN("to", "broken"),
    /** This pod answered: it knows none of that side, or all are left alone for now. */
    TO_NO_POD("to", "no-pod"),
    /** This pod answered: no connection in time. */
    TO_UNREACHABLE("to", "unreachable"),
    /** This pod answered: the other one said that it does not take it. */
    TO_REFUSED("to", "refused"),
    /** This pod answered: the connection was lost before an answer came. */
    TO_LOST("to", "lost"),
    FROM_TAKEN("from", "taken"),
    FROM_DRAINING("from", "draining"),
    /** Without the token, or with another. */
    FROM_UNKNOWN("from", "unknown"),
    /** For a listener that is not served here, or not in a form that is known. */
    FROM_NOT_SERVED("from", "not-served");

    private final String side;
    private final String label;

    Outcome(String side, String label) {
      this.side = side;
      this.label = label;
    }

    public String side() {
      return side;
    }

    public String label() {
      return label;
    }
  }

  public HandoverCounts() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  void add(Outcome outcome) {
    adder(outcome).increment();
  }

  public long of(Outcome outcome) {
    return adder(outcome).sum();
  }

  private LongAdder adder(Outcome outcome) {
    LongAdder adder = counts.get(outcome);
    if (adder == null) {
      throw new IllegalStateException("every outcome has one");
    }
    return adder;
  }
}
