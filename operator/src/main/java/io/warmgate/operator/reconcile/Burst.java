package io.warmgate.operator.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a gateway's reconcile waits for a burst of changes to end: pure. A change alone is taken
 * at once. Of several, the last must be {@link #QUIET} ago, so that a thousand routes applied in a
 * row make a few revisions; the first is not kept waiting longer than {@link #PATIENCE}.
 *
 * @param changes since the last reconcile that looked
 * @param firstNanos when the first of them came
 * @param lastNanos when the last of them came
 */
record Burst(int changes, long firstNanos, long lastNanos) {
  static final Duration QUIET = Duration.ofMillis(25);
  static final Duration PATIENCE = Duration.ofSeconds(1);

  static Burst more(@Nullable Burst before, long nowNanos) {
    return before == null
        ? new Burst(1, nowNanos, nowNanos)
        : new Burst(before.changes + 1, before.firstNanos, nowNanos);
  }

  /** Zero: go. */
  Duration pause(long nowNanos) {
    if (changes < 2) {
      return Duration.ZERO;
    }
    long quiet = lastNanos + QUIET.toNanos() - nowNanos;
    long patience = firstNanos + PATIENCE.toNanos() - nowNanos;
    return Duration.ofNanos(Math.max(0, Math.min(quiet, patience)));
  }
}
