package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The scheme of a redirect. */
public enum RedirectScheme {
  /** http. */
  @JsonProperty("http")
  HTTP,

  /** https. */
  @JsonProperty("https")
  HTTPS
}
