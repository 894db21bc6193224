package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether somebody decides which consumers may call a route. */
public enum RouteApproval {
  /** A consumer that asks for the route is granted it at once. */
  @JsonProperty("None")
  NONE,

  /** It waits until somebody with the verb {@code approve} decides. */
  @JsonProperty("Required")
  REQUIRED
}
