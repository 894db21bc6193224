package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether clients see the headers that carry tags. */
public enum SurrogateHeaders {
  /** They do: a cache between may need them. */
  @JsonProperty("Keep")
  KEEP,

  /** They do not. */
  @JsonProperty("Strip")
  STRIP
}
