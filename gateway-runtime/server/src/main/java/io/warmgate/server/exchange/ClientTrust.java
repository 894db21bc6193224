package io.warmgate.server.exchange;

import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.TrustOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.warmgate.config.ClientCertificates;
import io.warmgate.config.ValueRef;
import io.warmgate.server.values.Authorities;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose client certificates a listener takes: those that chain to its authorities (RFC 5280 §6).
 * The handshake sees to that for new connections. One that is open is looked at once more with its
 * first request, since a session that TLS resumed was verified by none (RFC 8446 §2.2), and with
 * the first one after the authorities changed.
 */
public final class ClientTrust {
  private static final AttributeKey<ValueRef> VERIFIED =
      AttributeKey.valueOf(ClientTrust.class, "verified");

  private final ClientCertificates spec;
  private final X509TrustManager authorities;
  private final TrustOptions options;

  private ClientTrust(ClientCertificates spec, X509TrustManager authorities) {
    this.spec = spec;
    this.authorities = authorities;
    this.options = TrustOptions.wrap(authorities);
  }

  /**
   * @param bundle PEM
   * @throws GeneralSecurityException where it holds no certificate
   */
  public static ClientTrust of(ClientCertificates spec, byte[] bundle)
      throws GeneralSecurityException {
    return new ClientTrust(spec, Authorities.trust(bundle));
  }

  /** What the handshake is held to; the same object each time. */
  public TrustOptions options() {
    return options;
  }

  /** Whether no connection is made without a certificate. */
  public boolean required() {
    return spec.mode() == ClientCertificates.Mode.REQUIRED;
  }

  /**
   * Whether the listener would make the connection now. A request that another pod handed over was
   * looked at by that pod, but for whether there is a certificate at all. Called on the request's
   * event loop.
   */
  boolean takes(HttpServerRequest request, Arrival arrival) {
    if (arrival.certificate() == null) {
      return !required();
    }
    if (arrival.handed() != null || !(request.connection() instanceof ConnectionBase connection)) {
      return true;
    }
    Attribute<ValueRef> verified = connection.channel().attr(VERIFIED);
    if (spec.certificateAuthority().equals(verified.get())) {
      return true;
    }
    if (!chains(request.connection())) {
      return false;
    }
    verified.set(spec.certificateAuthority());
    return true;
  }

  private boolean chains(HttpConnection connection) {
    SSLSession session = connection.sslSession();
    if (session == null) {
      return false;
    }
    try {
      X509Certificate[] chain =
          Arrays.stream(session.getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
      authorities.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return true;
    } catch (SSLPeerUnverifiedException | CertificateException _) {
      return false;
    }
  }

  /** The same authorities, asked for in the same way. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClientTrust trust && spec.equals(trust.spec);
  }

  @Override
  public int hashCode() {
    return spec.hashCode();
  }
}
