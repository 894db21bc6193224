package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose lifetimes go first, an answer's or a policy's. */
public enum CacheMode {
  /** The answer's (RFC 9111); the policy's are for answers that say nothing. */
  @JsonProperty("Honor")
  HONOR,

  /** The policy's, where it has one for the answer. */
  @JsonProperty("Override")
  OVERRIDE
}
