package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether answers from the cache count. */
public enum LimitHits {
  /** What asks the backend counts. */
  @JsonProperty("Free")
  FREE,

  /** Every request counts. */
  @JsonProperty("Counted")
  COUNTED
}
