package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a Redis. */
@Wire
public record RedisCacheStatus(
    @JsonPropertyDescription("The metadata.generation that this status was computed from.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("host:port where gateways reach it.") @Size(max = 260)
        @Nullable String endpoint,
    @JsonPropertyDescription("Accepted, ResolvedRefs, Ready, Progressing and Degraded.")
        @Size(max = 16)
        @ListMapKey("type")
        List<Condition> conditions) {

  public RedisCacheStatus {
    conditions = Absent.orEmpty(conditions);
  }
}
