package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A value of a Secret in the same namespace. */
@Wire
public record SecretKeyRef(
    @JsonPropertyDescription("The Secret's name.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.OBJECT_NAME)
        String name,
    @JsonPropertyDescription("The key of its data.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.SECRET_KEY)
        String key) {}
