package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is usual for a kind of data. */
public enum Preset {
  /** Changes with a release. */
  @JsonProperty("Static")
  STATIC,

  /** Changes now and then. */
  @JsonProperty("Moderate")
  MODERATE,

  /** Changes all the time. */
  @JsonProperty("Volatile")
  VOLATILE,

  /** Depends on the credential. */
  @JsonProperty("PerUser")
  PER_USER
}
