package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What of a model's answers says of which version they are. */
public enum ModelVersionSource {
  /** OpenAI's {@code system_fingerprint}: the configuration that answered. */
  @JsonProperty("SystemFingerprint")
  SYSTEM_FINGERPRINT,

  /** The model's resolved name, as in {@code gpt-4o-2024-08-06} for {@code gpt-4o}. */
  @JsonProperty("ResponseModel")
  RESPONSE_MODEL
}
