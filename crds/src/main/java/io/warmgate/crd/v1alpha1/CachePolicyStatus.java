package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a policy. */
@Wire
public record CachePolicyStatus(
    @JsonPropertyDescription("The metadata.generation that this status was computed from.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "How many of the cacheable requests of the last five minutes were answered from the "
                + "caches, to about 5%. Absent: it has not been asked often enough.")
        @Size(max = 4)
        @Nullable String hitRatio,
    @JsonPropertyDescription("When its schedule warms next, and how the last time went.")
        @Nullable ScheduledWarmups warmup,
    @JsonPropertyDescription("Accepted, ResolvedRefs, Programmed and Efficient.")
        @Size(max = 16)
        @ListMapKey("type")
        List<Condition> conditions) {

  public CachePolicyStatus {
    conditions = Absent.orEmpty(conditions);
  }

  /** Without a schedule. */
  public CachePolicyStatus(
      @Nullable Long observedGeneration, @Nullable String hitRatio, List<Condition> conditions) {
    this(observedGeneration, hitRatio, null, conditions);
  }
}
