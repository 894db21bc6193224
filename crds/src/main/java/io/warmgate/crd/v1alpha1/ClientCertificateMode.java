package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a client needs a certificate to be connected. */
public enum ClientCertificateMode {
  /** Without one it is connected too; one that does not verify is refused. */
  @JsonProperty("Optional")
  OPTIONAL,

  /** No connection without one. */
  @JsonProperty("Required")
  REQUIRED
}
