package io.warmgate.operator.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that a rollout goes by.
 *
 * @param now the time
 * @param wanted what the user's objects say now
 * @param acknowledged whether every answering pod, and at least one, serves exactly the sides of
 *     the present state
 * @param lagging which pods do not, for people; null where all do
 * @param warmth of the new release (of the other side)
 * @param verdict on the new release, by what was measured since the present state was acknowledged
 * @param queued what has to be over before traffic may move: another rollout of the same gateway;
 *     null: nothing
 * @param command what a person tells it; null: nothing
 * @param settings how it is to go
 */
public record Observation(
    Instant now,
    Wanted wanted,
    boolean acknowledged,
    @Nullable String lagging,
    Warmth warmth,
    Verdict verdict,
    @Nullable String queued,
    @Nullable Command command,
    RolloutSettings settings) {

  /**
   * What the user's objects come to.
   *
   * @param release its name
   * @param likeBlue whether it is what blue is (in {@link Steady}: what serves), or a change of it
   *     that is taken in place: no generation went while another came
   * @param likeGreen the same of green (in {@link Steady}: of the previous release)
   * @param unusable why nobody could be answered by it; null where somebody could
   */
  public record Wanted(
      String release, boolean likeBlue, boolean likeGreen, @Nullable String unusable) {}
}
