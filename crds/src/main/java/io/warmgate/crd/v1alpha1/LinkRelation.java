package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a link leads from an answer to what clients are likely to ask for after it (RFC 8288). */
public enum LinkRelation {
  /** The next one of a series, such as the next page. */
  @JsonProperty("next")
  NEXT,

  /** What is worth to be fetched before it is asked for. */
  @JsonProperty("prefetch")
  PREFETCH
}
