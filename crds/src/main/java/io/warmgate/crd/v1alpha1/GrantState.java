package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a consumer may call a route that it asks for. */
public enum GrantState {
  /** It may. */
  @JsonProperty("Granted")
  GRANTED,

  /** Nobody has decided yet. */
  @JsonProperty("Pending")
  PENDING,

  /** It may not. */
  @JsonProperty("Rejected")
  REJECTED,

  /** It may no more. */
  @JsonProperty("Revoked")
  REVOKED;

  /** As it stands in a status. */
  public String wire() {
    return switch (this) {
      case GRANTED -> "Granted";
      case PENDING -> "Pending";
      case REJECTED -> "Rejected";
      case REVOKED -> "Revoked";
    };
  }
}
