package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who shares answers with whom. */
public enum KeyPartition {
  /** Everybody with everybody. */
  @JsonProperty("None")
  NONE,

  /** Requests with the same credential; those without one are a partition of their own. */
  @JsonProperty("Credential")
  CREDENTIAL
}
