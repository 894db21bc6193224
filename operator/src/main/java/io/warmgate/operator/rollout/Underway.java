package io.warmgate.operator.rollout;

import java.time.Duration;
import java.time.Instant;

/** Two releases stand beside each other, and one is to be left. */
public sealed interface Underway extends RolloutState
    permits Provisioning,
        Warming,
        Verifying,
        AwaitingPromotion,
        Shifting,
        Observing,
        Draining,
        RollingBack {

  /** From where to where. */
  Course course();

  /** When this state began; moved on by the time that the rollout was paused. */
  Instant since();

  /** The same state, on another course, begun at another time. */
  Underway with(Course course, Instant since);

  /** What follows where nothing interrupts. */
  Step onwards(Observation seen);

  @Override
  default Step next(Observation seen) {
    return Interruption.of(this, seen).orElseGet(() -> onwards(seen));
  }

  /** Whether the state has lasted so long. */
  default boolean lasted(Duration time, Observation seen) {
    return !seen.now().isBefore(since().plus(time));
  }
}
