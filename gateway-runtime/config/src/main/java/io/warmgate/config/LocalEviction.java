package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/** Which entries leave a pod's memory first when it is full. */
public enum LocalEviction {
  /** Those that are asked for less often than what comes in (W-TinyLFU). */
  TINY_LFU,
  /** The least recently used. */
  LRU,
  /** The least often used; uses of long ago count less. */
  LFU,
  /** The one stored first. */
  FIFO,
  /** Any. */
  RANDOM,
  /** The one that is of no more use soonest. */
  TTL;

  /** The value that is not written: Jackson asks it whether a value equals it. */
  static final class Unsaid {
    @Override
    public boolean equals(@Nullable Object value) {
      return value == null || value == TINY_LFU;
    }

    @Override
    public int hashCode() {
      return TINY_LFU.hashCode();
    }
  }
}
