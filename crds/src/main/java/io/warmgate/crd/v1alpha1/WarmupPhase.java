package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a {@link CacheWarmup} is. */
public enum WarmupPhase {
  /** Not begun: something that it needs is not there yet; the condition says what. */
  @JsonProperty("Pending")
  PENDING,

  /** Pods are asking. */
  @JsonProperty("InProgress")
  IN_PROGRESS,

  /** All of the plan was asked for, and every answering pod was asked whether it has it. */
  @JsonProperty("Completed")
  COMPLETED,

  /** Nothing of the plan could be had. */
  @JsonProperty("Failed")
  FAILED,

  /** The deadline passed; what is warm by then stays. */
  @JsonProperty("TimedOut")
  TIMED_OUT
}
