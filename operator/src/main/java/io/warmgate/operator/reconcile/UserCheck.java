package io.warmgate.operator.reconcile;

import io.warmgate.operator.check.Checks;
import io.warmgate.operator.rollout.AwaitingPromotion;
import io.warmgate.operator.rollout.Draining;
import io.warmgate.operator.rollout.Observing;
import io.warmgate.operator.rollout.Provisioning;
import io.warmgate.operator.rollout.RollingBack;
import io.warmgate.operator.rollout.RolloutSettings;
import io.warmgate.operator.rollout.RolloutState;
import io.warmgate.operator.rollout.Shifting;
import io.warmgate.operator.rollout.Steady;
import io.warmgate.operator.rollout.Underway;
import io.warmgate.operator.rollout.Verdict;
import io.warmgate.operator.rollout.Verifying;
import io.warmgate.operator.rollout.Warming;
import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What the user's check says of one rollout. What it said holds for one window of the analysis, and
 * for the state in which it was asked; then it is asked again. So it is asked before there is
 * traffic, at the beginning of each window, and at its end, before a state is left.
 */
final class UserCheck implements AutoCloseable {
  private final Checks checks;
  private @Nullable Asked asked;
  private boolean heard;

  UserCheck(Checks checks) {
    this.checks = checks;
  }

  private record Asked(
      RolloutSettings.Check check, Occasion occasion, Instant at, Future<Verdict> answer) {}

  /**
   * A state that is judged.
   *
   * @param step of it; -1: it has none
   */
  private record Occasion(Class<? extends RolloutState> state, int step, Instant from) {}

  /** Good where there is no check, or nothing to judge. */
  Verdict verdict(RolloutState state, RolloutSettings.Analysis analysis, Instant now) {
    RolloutSettings.Check check = analysis.check();
    Occasion occasion = occasion(state);
    if (check == null || occasion == null || isPaused(state)) {
      close();
      return new Verdict.Good();
    }
    Asked last = asked;
    boolean same = last != null && last.check().equals(check) && last.occasion().equals(occasion);
    if (last != null && same && !last.answer().isDone()) {
      return new Verdict.Pending();
    }
    boolean holds = last != null && now.isBefore(last.at().plus(analysis.window()));
    if (last != null && same && (holds || !heard)) {
      heard = true; // one that took longer than a window counts, too
      return last.answer().resultNow();
    }
    close();
    heard = false;
    asked = new Asked(check, occasion, now, checks.ask(check));
    return new Verdict.Pending();
  }

  private static boolean isPaused(RolloutState state) {
    return state instanceof Underway underway && underway.course().paused();
  }

  private static @Nullable Occasion occasion(RolloutState state) {
    return switch (state) {
      case Verifying verifying -> new Occasion(Verifying.class, -1, verifying.since());
      case Shifting shifting ->
          shifting.taken() == null
              ? null
              : new Occasion(Shifting.class, shifting.step(), shifting.course().started());
      case Observing observing -> new Occasion(Observing.class, -1, observing.course().started());
      case Steady _, Provisioning _, Warming _, AwaitingPromotion _, Draining _, RollingBack _ ->
          null;
    };
  }

  @Override
  public void close() {
    if (asked != null) {
      asked.answer().cancel(true);
      asked = null;
    }
  }
}
