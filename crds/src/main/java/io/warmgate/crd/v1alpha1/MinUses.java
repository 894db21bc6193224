package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How often something is asked for before its answer is stored. */
@ValidationRule(
    value = "self.within.matches('[1-9]')",
    message = "must be longer than 0s",
    fieldPath = ".within")
@Wire
public record MinUses(
    @JsonPropertyDescription("The answer to so many requests is the first that is stored.")
        @Required
        @Min(2)
        @Max(1000)
        Integer requests,
    @JsonPropertyDescription("The time within which they come, from the first on.")
        @Required
        @Size(min = 1, max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration within) {}
