package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The gateway that a route is attached to. */
@Wire
public record ParentRef(
    @JsonPropertyDescription("The name of an ApiGateway in the route's namespace.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.OBJECT_NAME)
        String name,
    @JsonPropertyDescription("The name of one of its listeners. Absent: all of them.")
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SECTION_NAME)
        @Nullable String sectionName) {}
