package io.warmgate.local.explain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Numbers for people. */
final class Units {
  private static final long KIB = 1024;

  private Units() {}

  /** The two largest units: {@code 1 h 3 m}, {@code 48 s}, {@code 250 ms}. */
  static String time(long millis) {
    Duration left = Duration.ofMillis(Math.abs(millis));
    long[] numbers = {
      left.toDays(), left.toHoursPart(), left.toMinutesPart(), left.toSecondsPart()
    };
    String[] units = {"d", "h", "m", "s"};
    for (int i = 0; i < units.length; i++) {
      if (numbers[i] > 0) {
        String more =
            i + 1 < units.length && numbers[i + 1] > 0
                ? " " + numbers[i + 1] + " " + units[i + 1]
                : "";
        return numbers[i] + " " + units[i] + more;
      }
    }
    return left.toMillis() > 0 ? left.toMillis() + " ms" : "0 s";
  }

  /** RFC 3339, UTC, to the second. */
  static String instant(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String bytes(long bytes) {
    if (bytes < KIB) {
      return bytes + " B";
    }
    return bytes < KIB * KIB ? bytes / KIB + " KiB" : bytes / (KIB * KIB) + " MiB";
  }
}
