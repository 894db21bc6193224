package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The version of a model that a gateway's pods found at its server. */
@Wire
public record FoundVersion(
    @JsonPropertyDescription("The ApiGateway's name.") @Required @Size(min = 1, max = 253)
        String gateway,
    @JsonPropertyDescription("What the server calls it.") @Required @Size(min = 1, max = 256)
        String model,
    @JsonPropertyDescription("What questions that name no version are asked of.")
        @Required
        @Size(min = 1, max = 63)
        String version,
    @JsonPropertyDescription("Where it was found: protocol, place, and the model's name there.")
        @Required
        @Size(min = 1, max = 1024)
        String server) {}
