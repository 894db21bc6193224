package io.warmgate.operator.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From where to where a rollout goes.
 *
 * @param blue name of the release that served when it began
 * @param green name of the release that is to serve
 * @param started when it began
 * @param promoted whether a person has said that it is to go on
 * @param pausedAt since when it waits for a person; null while it does not
 */
public record Course(
    String blue, String green, Instant started, boolean promoted, @Nullable Instant pausedAt) {

  static Course begun(String blue, String green, Instant now) {
    return new Course(blue, green, now, false, null);
  }

  /** Whether a person told it to wait. */
  public boolean paused() {
    return pausedAt != null;
  }

  Course to(String release) {
    return new Course(blue, release, started, promoted, pausedAt);
  }

  Course promotedNow() {
    return new Course(blue, green, started, true, null);
  }

  Course pausedSince(Instant now) {
    return new Course(blue, green, started, promoted, now);
  }

  Course resumed() {
    return new Course(blue, green, started, promoted, null);
  }
}
