package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What is attached to a listener. */
@Wire
public record ListenerStatus(
    @JsonPropertyDescription("The listener's name.") @Required @Size(min = 1, max = 63) String name,
    @JsonPropertyDescription("The accepted ApiRoutes that are served by it.") @Required
        Integer attachedRoutes) {}
