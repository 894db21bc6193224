package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a policy is for: a gateway, a route, or one rule of a route. */
@ValidationRule(
    value = "!has(self.sectionName) || self.kind == 'ApiRoute'",
    message = "sectionName is for an ApiRoute",
    fieldPath = ".sectionName")
@Wire
public record CacheTarget(
    @JsonPropertyDescription("ApiGateway or ApiRoute.") @Required TargetKind kind,
    @JsonPropertyDescription("The object's name, in the policy's namespace.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.OBJECT_NAME)
        String name,
    @JsonPropertyDescription("The name of one rule of the ApiRoute. Absent: all of it.")
        @Size(min = 1, max = 63)
        @Pattern(Syntax.SECTION_NAME)
        @Nullable String sectionName) {}
