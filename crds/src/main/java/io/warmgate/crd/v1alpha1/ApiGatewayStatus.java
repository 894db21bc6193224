package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a gateway. */
@Wire
public record ApiGatewayStatus(
    @JsonPropertyDescription("The metadata.generation that this status was computed from.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("The pods that exist; for the scale subresource.") @StatusReplicas
        @Nullable Integer replicas,
    @JsonPropertyDescription("The label selector of the pods; for the scale subresource.")
        @Size(max = 1024)
        @LabelSelector
        @Nullable String selector,
    @JsonPropertyDescription("The revisions of the compiled configuration.")
        @Nullable RevisionStatus revision,
    @JsonPropertyDescription("The answering pods, and those that took the current revision.")
        @Nullable PodCounts pods,
    @JsonPropertyDescription("Where the rollout of the pods stands; a release is a pod template.")
        @Nullable RolloutStatus rollout,
    @JsonPropertyDescription("The listeners, and what is attached to each.")
        @Size(max = 16)
        @ListMapKey("name")
        List<ListenerStatus> listeners,
    @JsonPropertyDescription("Where the gateway is reached: IP addresses or host names.")
        @Size(max = 16)
        List<@Size(max = 253) String> addresses,
    @JsonPropertyDescription("Accepted, ResolvedRefs, Programmed, Ready, Progressing and Degraded.")
        @Size(max = 16)
        @ListMapKey("type")
        List<Condition> conditions) {

  public ApiGatewayStatus {
    listeners = Absent.orEmpty(listeners);
    addresses = Absent.orEmpty(addresses);
    conditions = Absent.orEmpty(conditions);
  }

  /** Before anything is known. */
  public static ApiGatewayStatus none() {
    return new ApiGatewayStatus(
        null, null, null, null, null, null, List.of(), List.of(), List.of());
  }

  /** The same but for the rollout. */
  public ApiGatewayStatus with(@Nullable RolloutStatus other) {
    return new ApiGatewayStatus(
        observedGeneration,
        replicas,
        selector,
        revision,
        pods,
        other,
        listeners,
        addresses,
        conditions);
  }
}
