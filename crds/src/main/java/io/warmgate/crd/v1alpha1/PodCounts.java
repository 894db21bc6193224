package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** How many pods answer, and how many of them took what was asked. */
@Wire
public record PodCounts(
    @JsonPropertyDescription("Pods that were ready once and whose containers have not ended.")
        @Required
        Integer answering,
    @JsonPropertyDescription("Those of them that acknowledged the current revision.") @Required
        Integer acknowledged) {}
