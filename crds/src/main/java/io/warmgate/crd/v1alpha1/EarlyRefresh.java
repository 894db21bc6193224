package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a fresh answer is brought up to date before its end. */
public enum EarlyRefresh {
  /** It is not. */
  @JsonProperty("None")
  NONE,

  /** By chance, the more likely the nearer its end and the longer its fetch took. */
  @JsonProperty("Probabilistic")
  PROBABILISTIC
}
