package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done above a limit. */
public enum LimitMode {
  /** The request is answered 429. */
  @JsonProperty("Enforce")
  ENFORCE,

  /** It is counted and logged, and nobody is refused. */
  @JsonProperty("Shadow")
  SHADOW
}
