package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who shares answers with whom. */
public enum KeyPartition {
  /** Everybody with everybody. */
  @JsonProperty("None")
  NONE,

  /** Requests with the same credential; those without one are a partition of their own. */
  @JsonProperty("Credential")
  CREDENTIAL,

  /** Each verified consumer; whoever is none is not cached. */
  @JsonProperty("Consumer")
  CONSUMER,

  /** Each value of a verified token's claim; whoever has none is not cached. */
  @JsonProperty("Claim")
  CLAIM
}
