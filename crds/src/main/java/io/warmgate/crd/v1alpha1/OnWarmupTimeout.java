package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done with a release that could not be warmed in time. */
public enum OnWarmupTimeout {
  @JsonProperty("Abort")
  ABORT,

  /** It gets its traffic as it is. */
  @JsonProperty("Promote")
  PROMOTE
}
