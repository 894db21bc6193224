package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who is let in. */
public enum AllowedCallers {
  /** A consumer that was granted the route. */
  @JsonProperty("Granted")
  GRANTED,

  /** Any consumer of the gateway. */
  @JsonProperty("Consumers")
  CONSUMERS,

  /** Whoever has a credential that verifies, be it no consumer's. */
  @JsonProperty("Verified")
  VERIFIED,

  /** Everybody; a credential that is there still has to verify. */
  @JsonProperty("Anybody")
  ANYBODY
}
