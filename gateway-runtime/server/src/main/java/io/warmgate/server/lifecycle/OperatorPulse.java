package io.warmgate.server.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** When the operator was last heard, and what it called current. Safe for every thread. */
public final class OperatorPulse {
  private final InstantSource clock;
  private final Instant startedAt;
  private volatile Readiness.@Nullable Heard last;
  private volatile int pods;

  public OperatorPulse(InstantSource clock) {
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** A heartbeat that names {@code revision} as the current one has come. */
  public void heard(long revision) {
    last = new Readiness.Heard(revision, clock.instant());
  }

  /**
   * The operator knows of so many answering pods.
   *
   * @param count null: it did not say
   */
  public void counted(@Nullable Integer count) {
    if (count != null) {
      pods = count;
    }
  }

  /** How many pods answer, as the operator said last, however long ago; 0: it never did. */
  public int pods() {
    return pods;
  }

  /** Whether what the operator pushed is trusted: its last heartbeat is younger than 10 s. */
  public boolean trusted() {
    return last != null && silence().compareTo(Readiness.OPERATOR_SILENCE) < 0;
  }

  /** Since the last heartbeat, or since the start where there was none. */
  public Duration silence() {
    Readiness.Heard heard = last;
    return Duration.between(heard == null ? startedAt : heard.at(), clock.instant());
  }

  /** Of the process. */
  public Instant startedAt() {
    return startedAt;
  }

  Readiness.@Nullable Heard last() {
    return last;
  }

  Instant now() {
    return clock.instant();
  }
}
