package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which entries a pod drops first when its memory for them is full. */
public enum LocalEviction {
  /** W-TinyLFU: what is asked for less often than what comes in. */
  @JsonProperty("TinyLFU")
  TINY_LFU,

  /** The least recently used. */
  @JsonProperty("LRU")
  LRU,

  /** The least often used; uses of long ago count less. */
  @JsonProperty("LFU")
  LFU,

  /** The one stored first. */
  @JsonProperty("FIFO")
  FIFO,

  /** Any. */
  @JsonProperty("Random")
  RANDOM,

  /** The one that expires soonest, its stale windows included. */
  @JsonProperty("TTL")
  TTL
}
