package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done where somebody who has to be asked does not answer. */
public enum OnUnavailable {
  /** 503: nobody gets in who is not known, and nothing is done that may have been done. */
  @JsonProperty("Deny")
  DENY,

  /** The request goes on: as nobody's, and without regard to its idempotency key. */
  @JsonProperty("Allow")
  ALLOW
}
