package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Where a rollout stands. Another operator goes on from what is written here. */
@Wire
public record RolloutStatus(
    @JsonPropertyDescription("Where it stands.") @Required RolloutPhase phase,
    @JsonPropertyDescription("The release that serves, or served when the rollout began.")
        @Required
        @Size(min = 1, max = 63)
        String release,
    @JsonPropertyDescription("The release that is on its way in.") @Size(max = 63)
        @Nullable String next,
    @JsonPropertyDescription(
            "The next release's share of the traffic, in every pod. Absent while it is taken away.")
        @Min(0)
        @Max(100)
        @Nullable Integer percent,
    @JsonPropertyDescription("The share that pods are being given; absent where all have theirs.")
        @Min(0)
        @Max(100)
        @Nullable Integer shiftingTo,
    @JsonPropertyDescription("The step it is in, from 0.") @Min(0) @Max(100) @Nullable Integer step,
    @JsonPropertyDescription("When the rollout began.") @Size(max = 40) @Nullable String startedAt,
    @JsonPropertyDescription("When the phase began; later where it was paused.") @Size(max = 40)
        @Nullable String since,
    @JsonPropertyDescription("Since when it is paused.") @Size(max = 40) @Nullable String pausedAt,
    @JsonPropertyDescription("Whether a person promoted it.") @Nullable Boolean promoted,
    @JsonPropertyDescription("Why it goes back.") @Size(max = 1024) @Nullable String message,
    @JsonPropertyDescription("Why it goes back: one word.") @Size(max = 63) @Nullable String cause,
    @JsonPropertyDescription("The cache of the next release.") @Nullable WarmupStatus warmup,
    @JsonPropertyDescription("The release before, as long as it is kept.")
        @Nullable PreviousRelease previous,
    @JsonPropertyDescription("What was tried last and left. It is not tried again by itself.")
        @Nullable FailedRelease failed,
    @JsonPropertyDescription("What the last release that was promoted purges.")
        @Nullable ReleasePurge purge) {

  /** The same with another purge. */
  public RolloutStatus with(@Nullable ReleasePurge other) {
    return new RolloutStatus(
        phase,
        release,
        next,
        percent,
        shiftingTo,
        step,
        startedAt,
        since,
        pausedAt,
        promoted,
        message,
        cause,
        warmup,
        previous,
        failed,
        other);
  }
}
