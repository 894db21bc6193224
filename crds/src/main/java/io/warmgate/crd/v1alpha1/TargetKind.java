package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a {@link CachePolicy} can be for. */
public enum TargetKind {
  /** Every route of a gateway. */
  @JsonProperty("ApiGateway")
  API_GATEWAY,

  /** A route, or one of its rules. */
  @JsonProperty("ApiRoute")
  API_ROUTE
}
