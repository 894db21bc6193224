package io.warmgate.operator.warm;

import io.warmgate.operator.rollout.Warmth;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How warm several things are together, each by its traffic. */
final class WarmTally {
  /** Where there is nothing to warm. */
  private static final Warmth NOTHING =
      new Warmth(Warmth.Progress.DONE, 0, 0, 0, 0, 0, 0, 0, 100, null, null);

  private WarmTally() {}

  static Warmth of(Collection<WarmRun> runs) {
    Warmth sum = NOTHING;
    WarmProgress.Weights weights = WarmProgress.Weights.NONE;
    for (WarmRun run : runs) {
      sum = plus(sum, run.warmth());
      weights = weights.plus(run.weights());
    }
    int left =
        weights.total() <= 0 ? 0 : (int) Math.round(100 * weights.partitioned() / weights.total());
    return new Warmth(
        sum.progress(),
        sum.planned(),
        sum.filled(),
        sum.certified(),
        sum.failed(),
        sum.changed(),
        left,
        sum.originRequests(),
        sum.progress() != Warmth.Progress.DONE && weights.total() <= 0
            ? 0
            : WarmPlan.percent(weights.certified(), weights.served()),
        sum.secondsLeft(),
        sum.problem());
  }

  private static Warmth plus(Warmth one, Warmth other) {
    return new Warmth(
        one.progress() == Warmth.Progress.DONE ? other.progress() : one.progress(),
        one.planned() + other.planned(),
        one.filled() + other.filled(),
        one.certified() + other.certified(),
        one.failed() + other.failed(),
        one.changed() + other.changed(),
        0,
        one.originRequests() + other.originRequests(),
        0,
        later(one.secondsLeft(), other.secondsLeft()),
        one.problem() == null ? other.problem() : one.problem());
  }

  private static @Nullable Integer later(@Nullable Integer one, @Nullable Integer other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.max(one, other);
  }
}
