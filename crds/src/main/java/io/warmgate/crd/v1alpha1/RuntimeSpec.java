package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/** How a gateway's pods are made. */
@Wire
public record RuntimeSpec(
    @JsonPropertyDescription(
            "The image of the runtime. Absent: the one that came with the operator.")
        @Size(min = 1, max = 512)
        @Nullable String image,
    @JsonPropertyDescription(
            "CPU and memory of the gateway container. Absent: requests of 250m CPU, "
                + "and memory for the JVM and the local cache.")
        @Nullable ResourceRequirements resources,
    @JsonPropertyDescription("What is added to the template of the pods.")
        PodTemplate podTemplate) {

  public RuntimeSpec {
    podTemplate = Absent.or(podTemplate, PodTemplate.EMPTY);
  }

  static final RuntimeSpec DEFAULT = new RuntimeSpec(null, null, PodTemplate.EMPTY);
}
