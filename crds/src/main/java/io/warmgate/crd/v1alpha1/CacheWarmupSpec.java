package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be warm. It cannot be changed. */
@ValidationRule(
    value = "self == oldSelf",
    message = "a CacheWarmup cannot be changed: make a new one")
@ValidationRule(
    value = "!has(self.routes) || !has(self.routeSelector)",
    message = "routes are named or selected, not both",
    fieldPath = ".routeSelector")
@Wire
public record CacheWarmupSpec(
    @JsonPropertyDescription("The ApiGateway whose caches are meant, in the same namespace.")
        @Required
        NameRef gatewayRef,
    @JsonPropertyDescription("These ApiRoutes of the gateway. Absent: all of them.")
        @Size(min = 1, max = 100)
        List<NameRef> routes,
    @JsonPropertyDescription("The gateway's ApiRoutes with these labels. Absent: all of them.")
        @Nullable RouteSelector routeSelector,
    @JsonPropertyDescription(
            "What is asked for. Absent: what a release of each route would be warmed with, which is"
                + " what clients ask most for, and what policies list.")
        @Size(min = 1, max = 16)
        List<WarmupSource> sources,
    @JsonPropertyDescription(
            "How long it may take, from its creation, before the phase is TimedOut. What is warm"
                + " by then stays.")
        @Default("10m")
        @Size(max = 24)
        @Pattern(ApiDuration.PATTERN)
        ApiDuration deadline,
    @JsonPropertyDescription("How long, in seconds, a finished CacheWarmup is kept.")
        @Default("3600")
        @Min(0)
        @Max(31536000)
        Integer ttlSecondsAfterFinished) {

  public CacheWarmupSpec {
    routes = Absent.orEmpty(routes);
    sources = Absent.orEmpty(sources);
    deadline = Absent.or(deadline, ApiDuration.of("10m"));
    ttlSecondsAfterFinished = Absent.or(ttlSecondsAfterFinished, 3600);
  }
}
