package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.Step.Note;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The new release has a share of the traffic.
 *
 * @param step counts from 0; the one after the last written is the whole
 * @param before its share until pods have the step's
 * @param percent its share: what the settings say of that step when it began
 * @param taken when every pod had that share; null before
 */
public record Shifting(
    Course course, Instant since, int step, int before, int percent, @Nullable Instant taken)
    implements Underway {
  /** A pod that does not take a share in this time is a reason to go back. */
  static final Duration DEADLINE = Duration.ofMinutes(2);

  /**
   * @param before the share until then
   */
  static Shifting begun(Course course, int step, int before, Observation seen) {
    return new Shifting(course, seen.now(), step, before, seen.settings().percent(step), null);
  }

  @Override
  public Shifting with(Course other, Instant began) {
    return new Shifting(other, began, step, before, percent, taken);
  }

  /** With everything moved on by so much. */
  Shifting later(Duration time) {
    return new Shifting(
        course, since, step, before, percent, taken == null ? null : taken.plus(time));
  }

  @Override
  public @Nullable Instant judgedSince() {
    return taken;
  }

  @Override
  public Sides sides() {
    return new Sides(course.blue(), course.green(), percent);
  }

  @Override
  public Step onwards(Observation seen) {
    if (taken == null) {
      return seen.acknowledged() ? taken(seen) : waiting(seen);
    }
    return switch (seen.verdict()) {
      case Verdict.Bad(var why) ->
          RollingBack.from(
              this, RollingBack.Cause.FAILED_CHECK, "At %d %%: %s".formatted(percent, why), seen);
      case Verdict.Pending _ -> Step.stay(this);
      case Verdict.Good() -> held(seen) ? further(seen) : Step.stay(this);
      case Verdict.Inconclusive(var why) -> held(seen) ? inconclusive(why, seen) : Step.stay(this);
    };
  }

  private boolean held(Observation seen) {
    return taken != null && !seen.now().isBefore(taken.plus(seen.settings().hold(step)));
  }

  private Step taken(Observation seen) {
    return percent == 100
        ? Step.to(
            new Observing(course, seen.now()),
            Note.normal("Switched", "Every request is answered by release " + course.green()))
        : Step.stay(new Shifting(course, since, step, before, percent, seen.now()));
  }

  private Step waiting(Observation seen) {
    return lasted(DEADLINE, seen)
        ? RollingBack.from(
            this,
            RollingBack.Cause.DEADLINE,
            "After %s not every pod has %d %%: %s"
                .formatted(Spans.text(DEADLINE), percent, seen.lagging()),
            seen)
        : Step.stay(this);
  }

  private Step inconclusive(String why, Observation seen) {
    return switch (seen.settings().analysis().onInconclusive()) {
      case PROMOTE -> further(seen);
      case PAUSE -> Inconclusive.pause(this, why, seen);
      case ABORT -> RollingBack.from(this, RollingBack.Cause.INCONCLUSIVE, why, seen);
    };
  }

  private Step further(Observation seen) {
    Shifting next = begun(course, step + 1, percent, seen);
    return Step.to(next, Note.normal("Shifting", next.percent() + " %"));
  }
}
