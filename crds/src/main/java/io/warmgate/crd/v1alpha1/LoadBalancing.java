package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How one of a backend's endpoints is chosen. */
@ValidationRule(
    value = "has(self.hashOn) == (self.policy == 'ConsistentHash')",
    message = "hashOn is required for ConsistentHash and not allowed for another policy",
    fieldPath = ".hashOn")
@Wire
public record LoadBalancing(
    @JsonPropertyDescription(
            "LeastRequest (of two, picked at random), RoundRobin or ConsistentHash.")
        @Default("LeastRequest")
        LoadBalancingPolicy policy,
    @JsonPropertyDescription(
            "What ConsistentHash hashes; required there, and not allowed elsewhere.")
        @Nullable HashOn hashOn) {

  public LoadBalancing {
    policy = Absent.or(policy, LoadBalancingPolicy.LEAST_REQUEST);
  }
}
