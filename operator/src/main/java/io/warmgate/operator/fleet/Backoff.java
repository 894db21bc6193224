package io.warmgate.operator.fleet;

import java.time.Duration;

/** How long to wait after so many failures in a row: doubles from 50 ms to 2 s. */
final class Backoff {
  private static final long FIRST_MILLIS = 50;
  private static final long MAX_MILLIS = 2_000;

  private Backoff() {}

  /**
   * @param failures in a row; 0 waits not at all
   */
  static Duration after(int failures) {
    if (failures <= 0) {
      return Duration.ZERO;
    }
    int doublings = Math.min(failures - 1, 10);
    return Duration.ofMillis(Math.min(MAX_MILLIS, FIRST_MILLIS << doublings));
  }
}
