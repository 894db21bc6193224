package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What was decided of a consumer's wish for a route. */
@Wire
public record Approval(
    @JsonPropertyDescription("The ApiRoute's name.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Syntax.OBJECT_NAME)
        String route,
    @JsonPropertyDescription("Approved, Rejected or Revoked.") @Required ApprovalState state,
    @JsonPropertyDescription("Why, for people.") @Size(max = 256) @Nullable String reason) {}
