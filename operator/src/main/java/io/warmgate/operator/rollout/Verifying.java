package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.RolloutSettings.OnInconclusive;
import io.warmgate.operator.rollout.RolloutSettings.Promotion;
import io.warmgate.operator.rollout.Step.Note;
import java.time.Instant;

/**
 * The new release is judged by what it answered while it was warmed and certified. It has no
 * traffic.
 */
public record Verifying(Course course, Instant since) implements Underway {

  @Override
  public Verifying with(Course other, Instant began) {
    return new Verifying(other, began);
  }

  @Override
  public Sides sides() {
    return new Sides(course.blue(), course.green(), 0);
  }

  @Override
  public Step onwards(Observation seen) {
    return switch (seen.verdict()) {
      case Verdict.Bad(var why) ->
          RollingBack.from(this, RollingBack.Cause.FAILED_CHECK, why, seen);
      case Verdict.Pending _ -> Step.stay(this);
      case Verdict.Good() -> on(seen, "Nothing speaks against it");
      case Verdict.Inconclusive(var why) -> inconclusive(why, seen);
    };
  }

  private Step inconclusive(String why, Observation seen) {
    OnInconclusive then =
        course.promoted() ? OnInconclusive.PROMOTE : seen.settings().analysis().onInconclusive();
    return switch (then) {
      case PROMOTE -> on(seen, why);
      case PAUSE -> Inconclusive.pause(this, why, seen);
      case ABORT -> RollingBack.from(this, RollingBack.Cause.INCONCLUSIVE, why, seen);
    };
  }

  private Step on(Observation seen, String why) {
    if (seen.settings().promotion() == Promotion.MANUAL && !course.promoted()) {
      return Step.to(
          new AwaitingPromotion(course, seen.now()),
          Note.normal(
              "AwaitingPromotion",
              why + ". It waits for: kubectl annotate … " + Command.ANNOTATION + "=promote"));
    }
    if (seen.queued() != null) {
      return Step.stay(this);
    }
    return Step.to(
        Shifting.begun(course, 0, 0, seen),
        Note.normal("Shifting", "%s; %d %%".formatted(why, seen.settings().percent(0))));
  }
}
