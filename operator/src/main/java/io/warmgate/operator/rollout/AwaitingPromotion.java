package io.warmgate.operator.rollout;

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
    return Step.stay(this);
  }
}
