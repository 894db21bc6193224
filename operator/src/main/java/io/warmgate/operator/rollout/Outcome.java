package io.warmgate.operator.rollout;

import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a rollout ended.
 *
 * @param word {@value #COMPLETED}, {@value #SUPERSEDED}, {@value #LOST}, or the cause of the way
 *     back as statuses have it
 * @param took from its beginning to its end
 */
public record Outcome(String word, Duration took) {
  public static final String COMPLETED = "Completed";
  public static final String SUPERSEDED = "Superseded";
  public static final String LOST = "ReleaseLost";

  /**
   * What a rollout came to, between two statuses of the same object that follow each other.
   *
   * @param before null: nothing was known of it
   * @return empty where none ended
   */
  public static Optional<Outcome> between(
      @Nullable RolloutStatus before, RolloutStatus now, Instant at) {
    if (before == null || before.phase() == RolloutPhase.STEADY || before.startedAt() == null) {
      return Optional.empty();
    }
    boolean goesOn =
        now.phase() != RolloutPhase.STEADY && before.startedAt().equals(now.startedAt());
    return goesOn
        ? Optional.empty()
        : began(before.startedAt())
            .map(began -> new Outcome(word(before, now), Duration.between(began, at)));
  }

  private static String word(RolloutStatus before, RolloutStatus now) {
    if (before.phase() == RolloutPhase.ROLLING_BACK && before.cause() != null) {
      return before.cause();
    }
    if (now.phase() != RolloutPhase.STEADY) {
      return SUPERSEDED;
    }
    boolean in = before.phase() == RolloutPhase.DRAINING && now.release().equals(before.next());
    return in ? COMPLETED : LOST;
  }

  private static Optional<Instant> began(String written) {
    try {
      return Optional.of(Instant.parse(written));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
