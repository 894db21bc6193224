package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a rollout stands. */
public enum RolloutPhase {
  /** One release serves. */
  @JsonProperty("Steady")
  STEADY,

  /** The new release is being told to the pods. */
  @JsonProperty("Provisioning")
  PROVISIONING,

  /** Its cache is being filled and certified. */
  @JsonProperty("Warming")
  WARMING,

  /** It is judged by what it answered while it was warmed. */
  @JsonProperty("Verifying")
  VERIFYING,

  /** It waits for a person. */
  @JsonProperty("AwaitingPromotion")
  AWAITING_PROMOTION,

  /** It has a share of the traffic. */
  @JsonProperty("Shifting")
  SHIFTING,

  /** It has all of it, and is watched. */
  @JsonProperty("Observing")
  OBSERVING,

  /** The release before is becoming the one that is kept. */
  @JsonProperty("Draining")
  DRAINING,

  /** The release before gets everything back. */
  @JsonProperty("RollingBack")
  ROLLING_BACK
}
