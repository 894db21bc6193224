package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which order query parameters are part of the key. */
public enum QueryOrder {
  /** As they came: an origin may read their order. */
  @JsonProperty("Keep")
  KEEP,

  /** By name; those of one name keep their order. */
  @JsonProperty("Sort")
  SORT
}
