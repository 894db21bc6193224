package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done where there is too little traffic to judge by. */
public enum OnInconclusive {
  @JsonProperty("Promote")
  PROMOTE,

  /** It waits for a person. */
  @JsonProperty("Pause")
  PAUSE,

  @JsonProperty("Abort")
  ABORT
}
