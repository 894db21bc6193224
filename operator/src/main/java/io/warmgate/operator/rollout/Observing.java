package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.Step.Note;
import java.time.Instant;

/** The new release answers everything, and is watched for one window more. */
public record Observing(Course course, Instant since) implements Underway {

  @Override
  public Observing with(Course other, Instant began) {
    return new Observing(other, began);
  }

  @Override
  public Instant judgedSince() {
    return since;
  }

  @Override
  public Sides sides() {
    return new Sides(course.blue(), course.green(), 100);
  }

  @Override
  public Step onwards(Observation seen) {
    if (seen.verdict() instanceof Verdict.Bad(var why)) {
      return RollingBack.from(this, RollingBack.Cause.FAILED_CHECK, "At 100 %: " + why, seen);
    }
    return !(seen.verdict() instanceof Verdict.Pending)
            && lasted(seen.settings().analysis().window(), seen)
        ? Step.to(
            new Draining(course, seen.now()),
            Note.normal("Observed", "Release %s stands its window".formatted(course.green())))
        : Step.stay(this);
  }
}
