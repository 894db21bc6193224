package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.Step.Note;
import java.time.Duration;
import java.time.Instant;

/** The new release is being told to the pods. It has no traffic. */
public record Provisioning(Course course, Instant since) implements Underway {
  /** Pods take a configuration in milliseconds, and may have to be replaced first. */
  static final Duration DEADLINE = Duration.ofMinutes(10);

  @Override
  public Provisioning with(Course other, Instant began) {
    return new Provisioning(other, began);
  }

  @Override
  public Sides sides() {
    return new Sides(course.blue(), course.green(), 0);
  }

  @Override
  public Step onwards(Observation seen) {
    String unusable = seen.wanted().unusable();
    if (unusable == null && seen.acknowledged()) {
      return Step.to(
          new Warming(course, seen.now()),
          Note.normal("Warming", "Every answering pod has release " + course.green()));
    }
    if (lasted(DEADLINE, seen)) {
      String why = unusable != null ? unusable : "not every pod has taken it: " + seen.lagging();
      return RollingBack.from(
          this,
          RollingBack.Cause.DEADLINE,
          "After %s %s".formatted(Spans.text(DEADLINE), why),
          seen);
    }
    return Step.stay(this);
  }
}
