package io.warmgate.operator.rollout;

import java.time.Duration;
import java.util.Locale;

/** Spans of time as people write them: {@code 10m}, {@code 1h30m}. */
final class Spans {
  private Spans() {}

  static String text(Duration span) {
    return span.isZero() ? "0s" : span.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
