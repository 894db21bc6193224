package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ApiDuration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations into milliseconds, held to what the runtime takes. */
final class Durations {
  private Durations() {}

  /**
   * What a duration may be.
   *
   * @param text both, as people write them
   */
  record Bounds(Duration min, Duration max, String text) {
    static Bounds of(String min, String max) {
      return new Bounds(
          ApiDuration.of(min).toDuration(), ApiDuration.of(max).toDuration(), min + " to " + max);
    }
  }

  static long millis(String path, ApiDuration written, Bounds bounds) {
    Duration duration = written.toDuration();
    if (duration.compareTo(bounds.min()) < 0 || duration.compareTo(bounds.max()) > 0) {
      throw Unusable.invalid(path, "'%s' is not %s".formatted(written, bounds.text()));
    }
    return duration.toMillis();
  }

  /** 0, which stands for no limit, where it is absent. */
  static long millisOrNone(String path, @Nullable ApiDuration duration, Bounds bounds) {
    return duration == null ? 0 : millis(path, duration, bounds);
  }
}
