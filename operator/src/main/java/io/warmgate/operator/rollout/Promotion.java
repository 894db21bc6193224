package io.warmgate.operator.rollout;

import java.util.Optional;

/** When a release has everything: from then on nobody is given an answer of the one before. */
public final class Promotion {
  private Promotion() {}

  /**
   * @param before the state in which this was seen
   * @param after the one that followed
   * @return the release that got everything with that step; empty where none did. With {@link
   *     RolloutSettings.Strategy#AT_ONCE} pods have yet to take it
   */
  public static Optional<String> of(RolloutState before, RolloutState after, Observation seen) {
    return switch (after) {
      case Observing observing when before instanceof Shifting ->
          Optional.of(observing.course().green());
      case Steady now
          when before instanceof Steady then
              && !now.release().equals(then.release())
              && !seen.wanted().likeBlue() ->
          Optional.of(now.release());
      case Observing _,
          Steady _,
          Provisioning _,
          Warming _,
          Verifying _,
          AwaitingPromotion _,
          Shifting _,
          Draining _,
          RollingBack _ ->
          Optional.empty();
    };
  }
}
