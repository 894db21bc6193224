package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a backendRef names. */
public enum BackendKind {
  /** A Kubernetes Service, or the host of a URL. */
  @JsonProperty("Service")
  SERVICE,

  /** A model, which is asked in its provider's dialect. */
  @JsonProperty("AiModelBackend")
  AI_MODEL_BACKEND
}
