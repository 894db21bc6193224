package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a release takes over. */
public enum RolloutStrategy {
  /** Warmed and certified without traffic, then all at once. */
  @JsonProperty("BlueGreen")
  BLUE_GREEN,

  /** Warmed and certified without traffic, then step by step. */
  @JsonProperty("Canary")
  CANARY,

  /** At once, with an empty cache, and without a way back. */
  @JsonProperty("Recreate")
  RECREATE
}
