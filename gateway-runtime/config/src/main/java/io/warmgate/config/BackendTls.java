package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/**
 * TLS to a backend or a Redis.
 *
 * @param serverName held against the certificate; a backend is sent it as SNI, a Redis its host
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
