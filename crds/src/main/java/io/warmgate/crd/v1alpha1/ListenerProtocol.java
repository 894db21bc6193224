package io.warmgate.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a listener speaks. Both speak HTTP/1.1 and HTTP/2. */
public enum ListenerProtocol {
  /** HTTP/1.1, and HTTP/2 in clear text (h2c) with prior knowledge or by upgrade. */
  @JsonProperty("HTTP")
  HTTP,

  /** HTTP/1.1 and HTTP/2 over TLS, chosen by ALPN. */
  @JsonProperty("HTTPS")
  HTTPS
}
