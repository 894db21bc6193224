package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user asks of a route. */
@ValidationRule(
    value =
        "self.rules.all(r, !has(r.name) || self.rules.exists_one(other, "
            + "has(other.name) && other.name == r.name))",
    message = "the name of a rule must be unique in its route",
    fieldPath = ".rules")
@Wire
public record ApiRouteSpec(
    @JsonPropertyDescription("The ApiGateway that serves the route: exactly one.")
        @Required
        @Size(min = 1, max = 1)
        List<ParentRef> parentRefs,
    @JsonPropertyDescription(
            "The hosts that the route serves; \"*.example.com\" is every host below "
                + "example.com. Empty: every host of the listener.")
        @Size(max = 16)
        List<@Size(min = 1, max = 253) @Pattern(Syntax.HOSTNAME) String> hostnames,
    @JsonPropertyDescription(
            "The API's own version. Changing it is a release: it has entries of its own in the "
                + "cache, and goes in as rollout says.")
        @Size(min = 1, max = 63)
        @Pattern(Syntax.VERSION)
        @Nullable String version,
    @JsonPropertyDescription(
            "How a release of the route goes in: what is said here goes before what the gateway's"
                + " rollout says.")
        Rollout rollout,
    @JsonPropertyDescription(
            "What is done with which requests. The most specific match wins, as in "
                + "Gateway API.")
        @Required
        @Size(min = 1, max = 64)
        List<RouteRule> rules) {

  public ApiRouteSpec {
    parentRefs = Absent.orEmpty(parentRefs);
    hostnames = Absent.orEmpty(hostnames);
    rollout = Absent.or(rollout, Rollout.NONE);
    rules = Absent.orEmpty(rules);
  }
}
