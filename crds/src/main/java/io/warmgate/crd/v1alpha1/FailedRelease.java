package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What was tried and left. */
@Wire
public record FailedRelease(
    @JsonPropertyDescription("The release.") @Required @Size(min = 1, max = 63) String release,
    @JsonPropertyDescription("Why, in one word.") @Required @Size(max = 63) String reason,
    @JsonPropertyDescription("Why, and what to do.") @Required @Size(max = 1024) String message) {}
