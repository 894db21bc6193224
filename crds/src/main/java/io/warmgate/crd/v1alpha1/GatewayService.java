package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** The Service in front of a gateway's pods. */
@Wire
public record GatewayService(
    @JsonPropertyDescription("How the gateway is reached: ClusterIP, NodePort or LoadBalancer.")
        @Default("ClusterIP")
        ServiceType type,
    @JsonPropertyDescription(
            "Annotations of the Service, for instance those that a cloud provider reads.")
        @Size(max = 32)
        Map<String, String> annotations) {

  public GatewayService {
    type = Absent.or(type, ServiceType.CLUSTER_IP);
    annotations = Absent.orEmpty(annotations);
  }

  static final GatewayService DEFAULT = new GatewayService(ServiceType.CLUSTER_IP, Map.of());
}
