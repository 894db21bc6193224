package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A request's method (RFC 9110 §9, RFC 5789). */
public enum HttpMethod {
  /** RFC 9110 §9.3.1. */
  @JsonProperty("GET")
  GET,

  /** RFC 9110 §9.3.2. */
  @JsonProperty("HEAD")
  HEAD,

  /** RFC 9110 §9.3.3. */
  @JsonProperty("POST")
  POST,

  /** RFC 9110 §9.3.4. */
  @JsonProperty("PUT")
  PUT,

  /** RFC 9110 §9.3.5. */
  @JsonProperty("DELETE")
  DELETE,

  /** RFC 9110 §9.3.6. */
  @JsonProperty("CONNECT")
  CONNECT,

  /** RFC 9110 §9.3.7. */
  @JsonProperty("OPTIONS")
  OPTIONS,

  /** RFC 9110 §9.3.8. */
  @JsonProperty("TRACE")
  TRACE,

  /** RFC 5789. */
  @JsonProperty("PATCH")
  PATCH
}
