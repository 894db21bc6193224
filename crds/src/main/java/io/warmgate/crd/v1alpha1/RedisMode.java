package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who runs the Redis. */
public enum RedisMode {
  /** Warmgate runs one server, without persistence. */
  @JsonProperty("Standalone")
  STANDALONE,

  /** It is there already; Warmgate attaches to it. */
  @JsonProperty("External")
  EXTERNAL
}
