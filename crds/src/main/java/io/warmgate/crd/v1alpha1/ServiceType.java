package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a gateway's Service is reached, as in {@code Service.spec.type}. */
public enum ServiceType {
  /** Within the cluster only. */
  @JsonProperty("ClusterIP")
  CLUSTER_IP,

  /** At a port of every node too. */
  @JsonProperty("NodePort")
  NODE_PORT,

  /** By an address from the cloud provider too. */
  @JsonProperty("LoadBalancer")
  LOAD_BALANCER
}
