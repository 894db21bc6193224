package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.Step.Note;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One release serves.
 *
 * @param release its name
 * @param previous the one before, as long as it is kept; null: none
 * @param failed what was tried and left; null: nothing
 */
public record Steady(String release, @Nullable Previous previous, @Nullable Failed failed)
    implements RolloutState {

  /**
   * The way back.
   *
   * @param until when it is let go
   */
  public record Previous(String release, Instant until) {}

  /**
   * A release that is not tried again before somebody says so.
   *
   * @param reason one word
   * @param message why, and what to do
   */
  public record Failed(String release, String reason, String message) {}

  /** Before anything was rolled out. */
  public static Steady at(String release) {
    return new Steady(release, null, null);
  }

  @Override
  public Sides sides() {
    return previous == null ? Sides.one(release) : new Sides(release, previous.release(), 0);
  }

  @Override
  public Step next(Observation seen) {
    Observation.Wanted wanted = seen.wanted();
    if (wanted.likeBlue()) {
      return settled(seen, wanted.release());
    }
    if (previous != null && wanted.likeGreen()) {
      return seen.queued() == null ? back(previous, seen) : Step.stay(this);
    }
    if (failed != null && failed.release().equals(wanted.release())) {
      return seen.command() == Command.RETRY ? begin(seen) : expire(seen);
    }
    return begin(seen);
  }

  /** What is wanted serves: a change in place takes another name, and what failed is forgotten. */
  private Step settled(Observation seen, String name) {
    Previous kept = previous != null && previous.release().equals(name) ? null : previous;
    Steady now = new Steady(name, kept, null);
    return now.equals(this) ? expire(seen) : Step.stay(now);
  }

  private Step expire(Observation seen) {
    if (previous == null || seen.now().isBefore(previous.until())) {
      return Step.stay(this);
    }
    return Step.to(
        new Steady(release, null, failed),
        Note.normal(
            "PreviousDropped",
            "Release %s is no longer kept; a way back is a rollout from now on"
                .formatted(previous.release())));
  }

  /** The previous release stands beside this one: it takes over without being rolled out. */
  private Step back(Previous to, Observation seen) {
    Course course = Course.begun(release, to.release(), seen.now());
    return Step.to(
        Shifting.begun(course, seen.settings().steps().size(), 0, seen),
        Note.normal(
            "SwitchingBack",
            "Back to release %s, which was kept: %s"
                .formatted(to.release(), seen.warmth().text())));
  }

  private Step begin(Observation seen) {
    if (seen.settings().strategy() == RolloutSettings.Strategy.AT_ONCE) {
      return Step.to(
          at(seen.wanted().release()),
          Note.normal("Replaced", "Release %s serves, at once".formatted(seen.wanted().release())));
    }
    Course course = Course.begun(release, seen.wanted().release(), seen.now());
    return Step.to(
        new Provisioning(course, seen.now()),
        Note.normal(
            "RolloutBegun",
            "Release %s is on its way in beside %s".formatted(course.green(), course.blue())));
  }
}
