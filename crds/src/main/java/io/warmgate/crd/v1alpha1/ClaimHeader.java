package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A claim that the backend is told. */
@Wire
public record ClaimHeader(
    @JsonPropertyDescription("The claim's name.") @Required @Size(min = 1, max = 256) String claim,
    @JsonPropertyDescription("The request header that has its value.")
        @Required
        @Size(min = 1, max = 256)
        @Pattern(Syntax.HEADER_NAME)
        String header) {}
