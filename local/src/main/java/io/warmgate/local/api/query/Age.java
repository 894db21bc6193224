package io.warmgate.local.api.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * A length of time as kubectl prints it, such as {@code 5m10s}: short, and coarser as it grows.
 *
 * @see <a
 *     href="https://pkg.go.dev/k8s.io/apimachinery/pkg/util/duration#HumanDuration">HumanDuration</a>
 */
final class Age {
  private Age() {}

  /** The age of an RFC 3339 time. */
  static String since(String timestamp, Instant now) {
    if (timestamp.isEmpty()) {
      return "<unknown>";
    }
    try {
      return of(Duration.between(Instant.parse(timestamp), now));
    } catch (DateTimeException e) {
      return "<invalid>";
    }
  }

  static String of(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    } else if (seconds < 0) {
      return "0s";
    } else if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return both(minutes, "m", seconds % 60, "s");
    } else if (minutes < 180) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 8) {
      return both(hours, "h", minutes % 60, "m");
    } else if (hours < 48) {
      return hours + "h";
    }
    long days = hours / 24;
    if (hours < 192) {
      return both(days, "d", hours % 24, "h");
    } else if (days < 365 * 2) {
      return days + "d";
    } else if (days < 365 * 8) {
      return both(days / 365, "y", days % 365, "d");
    }
    return days / 365 + "y";
  }

  private static String both(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : small + smallUnit);
  }
}
