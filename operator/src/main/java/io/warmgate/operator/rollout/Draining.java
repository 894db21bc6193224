package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.Step.Note;
import java.time.Duration;
import java.time.Instant;

/** The new release becomes the one that is there, and the other the one that is kept. */
public record Draining(Course course, Instant since) implements Underway {

  @Override
  public Draining with(Course other, Instant began) {
    return new Draining(other, began);
  }

  @Override
  public Sides sides() {
    return new Sides(course.green(), course.blue(), 0);
  }

  @Override
  public Step onwards(Observation seen) {
    if (!seen.acknowledged()) {
      return Step.stay(this);
    }
    Duration kept = seen.settings().keepPreviousFor();
    Steady.Previous previous =
        kept.isZero() ? null : new Steady.Previous(course.blue(), seen.now().plus(kept));
    return Step.to(
        new Steady(course.green(), previous, null),
        Note.normal(
            "RolledOut",
            "Release %s serves; %s is kept for %s"
                .formatted(course.green(), course.blue(), Spans.text(kept))));
  }
}
