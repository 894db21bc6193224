package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What became of a consumer's wish for a route. */
@Wire
public record RouteGrant(
    @JsonPropertyDescription("The ApiRoute's name.") @Required @Size(min = 1, max = 253)
        String name,
    @JsonPropertyDescription("Granted, Pending, Rejected or Revoked.") @Required GrantState state,
    @JsonPropertyDescription("Why, for people.") @Size(max = 512) @Nullable String reason) {}
