package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A scheduled warm-up. */
@Wire
public record ScheduledRun(
    @JsonPropertyDescription("The time that it was for (RFC 3339).") @Required @Size(max = 40)
        String scheduledAt,
    @JsonPropertyDescription("When it began (RFC 3339).") @Size(max = 40)
        @Nullable String startedAt,
    @JsonPropertyDescription("When it was finished, whatever the phase (RFC 3339).") @Size(max = 40)
        @Nullable String completedAt,
    @JsonPropertyDescription("InProgress, Completed, Failed, TimedOut or Missed.") @Required
        ScheduledRunPhase phase,
    @JsonPropertyDescription("Requests that were chosen.") @Nullable Integer planned,
    @JsonPropertyDescription("Of them, have been asked for.") @Nullable Integer filled,
    @JsonPropertyDescription("Of them, are in the cache of every pod.") @Nullable Integer certified,
    @JsonPropertyDescription("Of them, got no answer, a 5xx, or an answer that cannot be kept.")
        @Nullable Integer failed,
    @JsonPropertyDescription("Requests that it has cost the backends.")
        @Nullable Long originRequests,
    @JsonPropertyDescription(
            "The share of what clients ask for, and anybody may be answered with, that is"
                + " certified; by requests.")
        @Min(0)
        @Max(100)
        @Nullable Integer coveragePercent,
    @JsonPropertyDescription("The last that went wrong.") @Size(max = 1024)
        @Nullable String message) {}
