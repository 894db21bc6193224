package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a limit counts apart. */
public enum LimitBy {
  /** Each consumer; whoever is verified and none, by who that is; all others together. */
  @JsonProperty("Consumer")
  CONSUMER,

  /** All requests of the rule together. */
  @JsonProperty("Route")
  ROUTE,

  /** Each backend. */
  @JsonProperty("Backend")
  BACKEND,

  /** Each client address; of IPv6 each /64. */
  @JsonProperty("ClientAddress")
  CLIENT_ADDRESS
}
