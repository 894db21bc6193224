package io.warmgate.local.cli;

import java.time.Duration;
import java.util.Locale;

/** A duration for people. */
final class Seconds {
  private Seconds() {}

  /** For example {@code 3.1 s}. */
  static String of(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
