package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a warm-up. */
@Wire
public record CacheWarmupStatus(
    @JsonPropertyDescription("The metadata.generation that this status was computed from.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Pending, InProgress, Completed, Failed or TimedOut.")
        @Nullable WarmupPhase phase,
    @JsonPropertyDescription("Requests that were chosen.") @Nullable Integer planned,
    @JsonPropertyDescription("Of them, have been asked for.") @Nullable Integer filled,
    @JsonPropertyDescription("Of them, are in the cache of every pod.") @Nullable Integer certified,
    @JsonPropertyDescription(
            "Of them, got no answer, a 5xx, or an answer that cannot be kept; or no route takes"
                + " them.")
        @Nullable Integer failed,
    @JsonPropertyDescription("Requests that it has cost the backends.")
        @Nullable Long originRequests,
    @JsonPropertyDescription(
            "The share of what clients ask for, and anybody may be answered with, that is"
                + " certified; by requests.")
        @Min(0)
        @Max(100)
        @Nullable Integer coveragePercent,
    @JsonPropertyDescription("About how many seconds it will still take.") @Min(0)
        @Nullable Integer secondsLeft,
    @JsonPropertyDescription("When it began to ask (RFC 3339).") @Size(max = 40)
        @Nullable String startedAt,
    @JsonPropertyDescription("When it was finished, whatever the phase (RFC 3339).") @Size(max = 40)
        @Nullable String completedAt,
    @JsonPropertyDescription("Accepted and Completed.") @Size(max = 16) @ListMapKey("type")
        List<Condition> conditions) {

  public CacheWarmupStatus {
    conditions = Absent.orEmpty(conditions);
  }
}
