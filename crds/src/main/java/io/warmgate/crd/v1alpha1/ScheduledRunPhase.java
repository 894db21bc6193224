package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a scheduled warm-up is. */
public enum ScheduledRunPhase {
  /** Pods are asking. */
  @JsonProperty("InProgress")
  IN_PROGRESS,

  /** All of the plan was asked for, and every answering pod was asked whether it has it. */
  @JsonProperty("Completed")
  COMPLETED,

  /** Nothing of the plan could be had. */
  @JsonProperty("Failed")
  FAILED,

  /** It was not done within an hour; what is warm by then stays. */
  @JsonProperty("TimedOut")
  TIMED_OUT,

  /** The operator was away for longer than an hour when its time came. */
  @JsonProperty("Missed")
  MISSED
}
