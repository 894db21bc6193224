package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a request may come without an idempotency key. */
public enum IdempotencyMode {
  /** Without one it goes its way. */
  @JsonProperty("Optional")
  OPTIONAL,

  /** Without one it gets 400. */
  @JsonProperty("Required")
  REQUIRED
}
