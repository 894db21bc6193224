package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The version of a model that a gateway's pods found at its server, or heard in its answers. */
@Wire
public record FoundVersion(
    @JsonPropertyDescription("The ApiGateway's name.") @Required @Size(min = 1, max = 253)
        String gateway,
    @JsonPropertyDescription("What the server calls it.") @Required @Size(min = 1, max = 256)
        String model,
    @JsonPropertyDescription(
            "What questions that name no version are asked of, or what answers were heard to be"
                + " of.")
        @Required
        @Size(min = 1, max = 256)
        String version,
    @JsonPropertyDescription(
            "Where it was found: protocol, place, the model's name there, and which field of its"
                + " answers said it, where one did.")
        @Required
        @Size(min = 1, max = 1024)
        String server,
    @JsonPropertyDescription(
            "How often answers became those of another version since they were heard first: each"
                + " time is a release. Absent: the server is asked.")
        @Min(0)
        @Nullable Integer changes) {}
