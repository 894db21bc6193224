package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.RolloutSettings.Promotion;
import io.warmgate.operator.rollout.Step.Note;
import java.time.Instant;

/** Everything is ready but for a person's word. The new release is kept warm. */
public record AwaitingPromotion(Course course, Instant since) implements Underway {

  @Override
  public AwaitingPromotion with(Course other, Instant began) {
    return new AwaitingPromotion(other, began);
  }

  @Override
  public Sides sides() {
    return new Sides(course.blue(), course.green(), 0);
  }

  @Override
  public Step onwards(Observation seen) {
    return seen.settings().promotion() == Promotion.MANUAL
        ? Step.stay(this)
        : Step.to(
            new Warming(course, seen.now()),
            Note.normal("Promoted", "It waits for nobody any more; its cache is certified again"));
  }
}
