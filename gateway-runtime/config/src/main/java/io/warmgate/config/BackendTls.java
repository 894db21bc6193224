package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/**
 * TLS to a backend.
 *
 * @param serverName sent as SNI and held against the certificate
 * @param certificateAuthority PEM bundle; null trusts the system's
 * @param clientCertificate PEM chain; given together with its key or not at all
 */
public record BackendTls(
    String serverName,
    @Nullable ValueRef certificateAuthority,
    @Nullable ValueRef clientCertificate,
    @Nullable ValueRef clientPrivateKey) {
  public BackendTls {
    Check.text("serverName", serverName);
    Check.that(
        (clientCertificate == null) == (clientPrivateKey == null),
        "clientPrivateKey",
        "goes with clientCertificate, and only there");
  }
}
