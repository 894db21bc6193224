package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody with the verb {@code approve} decided. */
public enum ApprovalState {
  /** The consumer may call the route. */
  @JsonProperty("Approved")
  APPROVED,

  /** It may not, and never could by this wish. */
  @JsonProperty("Rejected")
  REJECTED,

  /** It may no more. */
  @JsonProperty("Revoked")
  REVOKED
}
