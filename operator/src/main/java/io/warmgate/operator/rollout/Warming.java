package io.warmgate.operator.rollout;

import io.warmgate.operator.rollout.RolloutSettings.OnTimeout;
import io.warmgate.operator.rollout.RolloutSettings.Warmup;
import io.warmgate.operator.rollout.Step.Note;
import java.time.Instant;
import java.util.List;

/** The new release's cache is being filled, within its budget, and certified. It has no traffic. */
public record Warming(Course course, Instant since) implements Underway {

  @Override
  public Warming with(Course other, Instant began) {
    return new Warming(other, began);
  }

  @Override
  public Sides sides() {
    return new Sides(course.blue(), course.green(), 0);
  }

  @Override
  public Step onwards(Observation seen) {
    Warmup asked = seen.settings().warmup();
    Warmth warmth = seen.warmth();
    boolean done = warmth.progress() == Warmth.Progress.DONE;
    if (done && warmth.changedPercent() > asked.maxChangedPercent()) {
      return RollingBack.from(
          this,
          RollingBack.Cause.CHANGED,
          ("%d of %d requests that could be kept cannot be any more, or are gone (more than %d %%)."
                  + " If that is meant, raise rollout.warmup.maxChangedPercent")
              .formatted(warmth.changed(), warmth.planned(), asked.maxChangedPercent()),
          seen);
    }
    if (asked.minCoveragePercent() == 0 || (done && covers(warmth, asked))) {
      return verify(seen, "Its cache can answer " + warmth.text());
    }
    if (!lasted(asked.timeout(), seen)) {
      return Step.stay(this);
    }
    String cold =
        "After %s its cache can answer %s; %d %% was asked for%s"
            .formatted(
                Spans.text(asked.timeout()),
                warmth.text(),
                asked.minCoveragePercent(),
                warmth.problem() == null ? "" : ": " + warmth.problem());
    return asked.onTimeout() == OnTimeout.PROMOTE
        ? new Step(new Verifying(course, seen.now()), List.of(Note.warning("NotWarm", cold)))
        : RollingBack.from(this, RollingBack.Cause.NOT_WARM, cold, seen);
  }

  static boolean covers(Warmth warmth, Warmup asked) {
    return warmth.coveragePercent() >= asked.minCoveragePercent();
  }

  private Step verify(Observation seen, String text) {
    return Step.to(new Verifying(course, seen.now()), Note.normal("Warm", text));
  }
}
