package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The name of an object in the same namespace; its kind follows from the field. */
@Wire
public record NameRef(
    @JsonPropertyDescription("The object's name.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.OBJECT_NAME)
        String name) {}
