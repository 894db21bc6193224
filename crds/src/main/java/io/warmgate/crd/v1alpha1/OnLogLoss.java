package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done with a cached answer when purges may have been missed for longer than allowed. */
public enum OnLogLoss {
  /** It is served: rather stale than down. */
  @JsonProperty("Serve")
  SERVE,

  /** The origin is asked: rather slow than stale. */
  @JsonProperty("Bypass")
  BYPASS
}
