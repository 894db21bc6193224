package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A share of the traffic on the way to all of it. */
@Wire
public record RolloutStep(
    @JsonPropertyDescription("The new release's share, in percent.") @Required @Min(1) @Max(99)
        Integer weight,
    @JsonPropertyDescription("How long it stays at that. Absent: as long as the analysis takes.")
        @Size(min = 1, max = 24)
        @Pattern(ApiDuration.PATTERN)
        @Nullable ApiDuration hold) {}
