package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The warm-ups of a policy's schedule. */
@Wire
public record ScheduledWarmups(
    @JsonPropertyDescription("When it is warmed next (RFC 3339).") @Size(max = 40)
        @Nullable String nextRunAt,
    @JsonPropertyDescription("The last one, also while it is under way.")
        @Nullable ScheduledRun lastRun) {}
