package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user may add to the template of a gateway's pods. Fields are those of a Pod; what keeps
 * the pods within Pod Security "restricted" is not among them.
 */
@Wire
public record PodTemplate(
    @JsonPropertyDescription("Labels added to the pods. Those of Warmgate win.") @Size(max = 32)
        Map<String, String> labels,
    @JsonPropertyDescription("Annotations added to the pods.") @Size(max = 32)
        Map<String, String> annotations,
    @JsonPropertyDescription("Labels that a node must have.") @Size(max = 32)
        Map<String, String> nodeSelector,
    @JsonPropertyDescription("Taints of nodes that the pods tolerate.") @Size(max = 32)
        List<Toleration> tolerations,
    @JsonPropertyDescription("Where the pods prefer, or insist, to run.")
        @Nullable Affinity affinity,
    @JsonPropertyDescription(
            "How the pods spread over nodes and zones. Empty: over nodes, as far as possible.")
        @Size(max = 8)
        List<TopologySpreadConstraint> topologySpreadConstraints,
    @JsonPropertyDescription("The PriorityClass of the pods.") @Size(min = 1, max = 253)
        @Nullable String priorityClassName,
    @JsonPropertyDescription("Secrets to pull the image with.") @Size(max = 8)
        List<LocalObjectReference> imagePullSecrets) {

  public PodTemplate {
    labels = Absent.orEmpty(labels);
    annotations = Absent.orEmpty(annotations);
    nodeSelector = Absent.orEmpty(nodeSelector);
    tolerations = Absent.orEmpty(tolerations);
    topologySpreadConstraints = Absent.orEmpty(topologySpreadConstraints);
    imagePullSecrets = Absent.orEmpty(imagePullSecrets);
  }

  static final PodTemplate EMPTY =
      new PodTemplate(Map.of(), Map.of(), Map.of(), List.of(), null, List.of(), null, List.of());
}
