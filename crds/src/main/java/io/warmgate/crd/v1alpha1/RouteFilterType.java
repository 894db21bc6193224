package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which filter a {@link RouteFilter} is. */
public enum RouteFilterType {
  /** {@link RouteFilter#requestHeaderModifier}. */
  @JsonProperty("RequestHeaderModifier")
  REQUEST_HEADER_MODIFIER,

  /** {@link RouteFilter#responseHeaderModifier}. */
  @JsonProperty("ResponseHeaderModifier")
  RESPONSE_HEADER_MODIFIER,

  /** {@link RouteFilter#requestRedirect}. */
  @JsonProperty("RequestRedirect")
  REQUEST_REDIRECT,

  /** {@link RouteFilter#urlRewrite}. */
  @JsonProperty("URLRewrite")
  URL_REWRITE,

  /** {@link RouteFilter#cors}. */
  @JsonProperty("CORS")
  CORS
}
