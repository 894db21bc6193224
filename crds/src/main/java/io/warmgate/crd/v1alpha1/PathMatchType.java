package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a path is compared. In Gateway API's precedence Exact goes first, then RegularExpression and
 * Template, then the longest PathPrefix.
 */
public enum PathMatchType {
  /** The whole path, character by character. */
  @JsonProperty("Exact")
  EXACT,

  /** The path's first segments. */
  @JsonProperty("PathPrefix")
  PATH_PREFIX,

  /** Segment by segment, where {name} takes any one segment: /products/{id}. */
  @JsonProperty("Template")
  TEMPLATE,

  /** The whole path fits an expression in RE2 syntax. */
  @JsonProperty("RegularExpression")
  REGULAR_EXPRESSION
}
