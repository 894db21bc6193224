package io.warmgate.local.fault;

import io.warmgate.crd.v1alpha1.RolloutPhase;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Something to be killed during a rollout.
 *
 * @param phase in which
 * @param after so long after it began
 */
record Kill(RolloutPhase phase, Victim victim, Duration after) {
  /** The states of a rollout under way, in the order in which they come. */
  static final List<RolloutPhase> PHASES =
      List.of(
          RolloutPhase.PROVISIONING,
          RolloutPhase.WARMING,
          RolloutPhase.VERIFYING,
          RolloutPhase.AWAITING_PROMOTION,
          RolloutPhase.SHIFTING,
          RolloutPhase.OBSERVING,
          RolloutPhase.DRAINING,
          RolloutPhase.ROLLING_BACK);

  /** What is killed. Another comes in its place. */
  enum Victim {
    OPERATOR,
    GATEWAY,
    REDIS,
    BACKEND
  }

  static Kill draw(RolloutPhase phase, RandomGenerator random) {
    Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
    return new Kill(phase, victim, Duration.ofMillis(random.nextLong(longest(phase) + 1)));
  }

  /** About as long as the phase lasts where nothing happens, in milliseconds. */
  private static long longest(RolloutPhase phase) {
    return switch (phase) {
      case PROVISIONING -> 100;
      case WARMING -> 800;
      case VERIFYING, AWAITING_PROMOTION -> 300;
      case SHIFTING, OBSERVING -> 900;
      case DRAINING, ROLLING_BACK -> 30;
      case STEADY -> throw new IllegalArgumentException("no rollout is under way");
    };
  }

  /** Whether both can happen in one rollout. One gateway of two has to stay. */
  boolean goesWith(Kill other) {
    boolean otherWays =
        (phase == RolloutPhase.ROLLING_BACK && other.isAfterShifting())
            || (other.phase == RolloutPhase.ROLLING_BACK && isAfterShifting());
    return phase != other.phase
        && !otherWays
        && !(victim == Victim.GATEWAY && other.victim == Victim.GATEWAY);
  }

  /** Where an abort at half the traffic does not come to. */
  private boolean isAfterShifting() {
    return phase == RolloutPhase.OBSERVING || phase == RolloutPhase.DRAINING;
  }
}
