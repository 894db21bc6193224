package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Signatures of tokens (RFC 7518 §3.1, RFC 8037 §3.1): asymmetric ones alone. */
public enum TokenAlgorithm {
  RS256,
  RS384,
  RS512,
  PS256,
  PS384,
  PS512,
  ES256,
  ES384,
  ES512,
  @JsonProperty("EdDSA")
  EDDSA;

  /** As it stands in a token's header. */
  public String wire() {
    return this == EDDSA ? "EdDSA" : name();
  }
}
