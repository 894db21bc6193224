package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a {@link CacheInvalidation} is. */
public enum InvalidationPhase {
  /** Not begun: its gateway is not there, or has no log yet. */
  @JsonProperty("Pending")
  PENDING,

  /** In the log, or pushed; pods have yet to acknowledge it. */
  @JsonProperty("InProgress")
  IN_PROGRESS,

  /** Every answering pod has applied it. */
  @JsonProperty("Completed")
  COMPLETED,

  /** The deadline passed; {@link InvalidationPods#pending} names the pods that have not said so. */
  @JsonProperty("TimedOut")
  TIMED_OUT,

  /** It cannot be done; the condition says why. */
  @JsonProperty("Failed")
  FAILED
}
