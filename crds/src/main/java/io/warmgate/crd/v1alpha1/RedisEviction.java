package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which entries Redis drops first when its memory is full. Always among those with an expiry
 * (volatile-*), so that the invalidation log, which has none, is never evicted.
 */
public enum RedisEviction {
  /** volatile-lru: the least recently used. */
  @JsonProperty("LRU")
  LRU,

  /** volatile-lfu: the least frequently used. */
  @JsonProperty("LFU")
  LFU,

  /** volatile-random: any. */
  @JsonProperty("Random")
  RANDOM,

  /** volatile-ttl: the one that expires soonest. */
  @JsonProperty("TTL")
  TTL
}
