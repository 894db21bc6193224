package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a consumer. */
@Wire
public record ApiConsumerStatus(
    @JsonPropertyDescription("The metadata.generation that this status was computed from.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("How many of the routes that it asks for it may call: 1/2.")
        @Size(max = 16)
        @Nullable String approved,
    @JsonPropertyDescription("How many API keys pods know it by.") @Nullable Integer keyCount,
    @JsonPropertyDescription("The routes that it asks for.") @Size(max = 64) @ListMapKey("name")
        List<RouteGrant> routes,
    @JsonPropertyDescription("The API keys that pods know it by; never the keys themselves.")
        @Size(max = 16)
        @ListMapKey("name")
        List<KeyInUse> keys,
    @JsonPropertyDescription("Accepted, ResolvedRefs and Programmed.")
        @Size(max = 16)
        @ListMapKey("type")
        List<Condition> conditions) {

  public ApiConsumerStatus {
    routes = Absent.orEmpty(routes);
    keys = Absent.orEmpty(keys);
    conditions = Absent.orEmpty(conditions);
  }
}
