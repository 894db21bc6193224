package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who says that a warm release may have traffic. */
public enum RolloutPromotion {
  @JsonProperty("Automatic")
  AUTOMATIC,

  /** A person, by the annotation {@code warmgate.io/rollout=promote}. */
  @JsonProperty("Manual")
  MANUAL
}
