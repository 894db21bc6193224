package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the value of a header or query parameter is compared. */
public enum ValueMatchType {
  /** Character by character. */
  @JsonProperty("Exact")
  EXACT,

  /** The whole value fits an expression in RE2 syntax. */
  @JsonProperty("RegularExpression")
  REGULAR_EXPRESSION
}
