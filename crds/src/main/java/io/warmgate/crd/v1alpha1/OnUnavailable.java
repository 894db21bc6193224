package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done where a credential cannot be verified because somebody does not answer. */
public enum OnUnavailable {
  /** 503: nobody gets in who is not known. */
  @JsonProperty("Deny")
  DENY,

  /** The request goes on as nobody's. */
  @JsonProperty("Allow")
  ALLOW
}
