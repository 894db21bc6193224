package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the entries that a {@link CacheInvalidation} names. */
public enum InvalidationMode {
  /** They are gone. */
  @JsonProperty("Hard")
  HARD,

  /** They are stale from then on: asked for again, and used as far as stale answers may be. */
  @JsonProperty("Soft")
  SOFT
}
