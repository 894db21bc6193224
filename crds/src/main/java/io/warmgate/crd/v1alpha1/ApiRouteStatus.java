package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a route. */
@Wire
public record ApiRouteStatus(
    @JsonPropertyDescription("The metadata.generation that this status was computed from.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("The cache generation of each rule: which release makes the entries.")
        @Size(max = 64)
        @ListMapKey("rule")
        List<RuleGeneration> generations,
    @JsonPropertyDescription("Where the route's rollout stands. Absent before the first.")
        @Nullable RolloutStatus rollout,
    @JsonPropertyDescription("Accepted, ResolvedRefs, Programmed and Progressing.")
        @Size(max = 16)
        @ListMapKey("type")
        List<Condition> conditions) {

  public ApiRouteStatus {
    generations = Absent.orEmpty(generations);
    conditions = Absent.orEmpty(conditions);
  }

  /** The same but for the rollout. */
  public ApiRouteStatus with(@Nullable RolloutStatus other) {
    return new ApiRouteStatus(observedGeneration, generations, other, conditions);
  }
}
