package io.warmgate.local.kubelet;

import java.time.Duration;

/**
 * How long a container that ended waits before it starts again: not at all the first time, then 10
 * s, doubled each time up to 5 minutes; forgotten once a run lasted 10 minutes (a kubelet's
 * figures).
 *
 * @param ends how often it ended in a row
 */
record RestartBackOff(int ends) {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  static final RestartBackOff NONE = new RestartBackOff(0);

  /** After a run that lasted so long. */
  RestartBackOff ended(Duration run) {
    return run.compareTo(FORGOTTEN) >= 0 ? new RestartBackOff(1) : new RestartBackOff(ends + 1);
  }

  /** The wait before the next start. */
  Duration delay() {
    if (ends <= 1) {
      return Duration.ZERO;
    }
    Duration doubled = FIRST.multipliedBy(1L << Math.min(ends - 2, 10));
    return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }
}
