package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ApiDuration;
import org.jspecify.annotations.Nullable;

/** Durations into milliseconds, held to what the runtime takes. */
final class Durations {
  private Durations() {}

  static long millis(String path, ApiDuration duration, String min, String max) {
    long millis = duration.toDuration().toMillis();
    if (millis < ApiDuration.of(min).toDuration().toMillis()
        || millis > ApiDuration.of(max).toDuration().toMillis()) {
      throw Unusable.invalid(path, "'%s' is not %s to %s".formatted(duration, min, max));
    }
    return millis;
  }

  /** 0, which stands for no limit, where it is absent. */
  static long millisOrNone(String path, @Nullable ApiDuration duration, String max) {
    return duration == null ? 0 : millis(path, duration, "0s", max);
  }
}
