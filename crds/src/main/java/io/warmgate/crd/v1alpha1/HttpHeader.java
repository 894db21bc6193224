package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A header. */
@Wire
public record HttpHeader(
    @JsonPropertyDescription("The header's name, in any case.")
        @Required
        @Size(min = 1, max = 256)
        @Pattern(Syntax.HEADER_NAME)
        String name,
    @JsonPropertyDescription("The header's value.")
        @Required
        @Size(min = 1, max = 4096)
        @Pattern(Syntax.HEADER_VALUE)
        String value) {}
