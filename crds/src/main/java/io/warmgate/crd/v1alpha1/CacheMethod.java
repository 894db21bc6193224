package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A method whose requests can be answered from the cache. */
public enum CacheMethod {
  /** RFC 9110 §9.3.1. */
  @JsonProperty("GET")
  GET,

  /** RFC 9110 §9.3.2: answered from what a GET was answered. */
  @JsonProperty("HEAD")
  HEAD,

  /** RFC 9110 §9.3.3: where it only asks, with its body in the key. */
  @JsonProperty("POST")
  POST
}
