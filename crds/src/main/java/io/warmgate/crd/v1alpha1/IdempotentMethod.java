package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A method whose requests may have an idempotency key. */
public enum IdempotentMethod {
  @JsonProperty("POST")
  POST,

  @JsonProperty("PATCH")
  PATCH,

  @JsonProperty("PUT")
  PUT,

  @JsonProperty("DELETE")
  DELETE
}
