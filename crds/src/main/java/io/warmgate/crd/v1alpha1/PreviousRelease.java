package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The way back. */
@Wire
public record PreviousRelease(
    @JsonPropertyDescription("The release.") @Required @Size(min = 1, max = 63) String release,
    @JsonPropertyDescription("Until when it is kept: until then the way back is a switch.")
        @Required
        @Size(max = 40)
        String until) {}
