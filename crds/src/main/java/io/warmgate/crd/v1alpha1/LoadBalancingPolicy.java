package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an endpoint is chosen. */
public enum LoadBalancingPolicy {
  /** Of two, picked at random, the one with fewer requests under way. */
  @JsonProperty("LeastRequest")
  LEAST_REQUEST,

  /** One after the other. */
  @JsonProperty("RoundRobin")
  ROUND_ROBIN,

  /** By the hash of what {@link LoadBalancing#hashOn} names. */
  @JsonProperty("ConsistentHash")
  CONSISTENT_HASH
}
