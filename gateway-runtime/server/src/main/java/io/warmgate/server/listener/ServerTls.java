package io.warmgate.server.listener;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import io.warmgate.config.ClientCertificates;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Listener;
import io.warmgate.config.ListenerTls;
import io.warmgate.config.ValueRef;
import io.warmgate.server.Values;
import io.warmgate.server.exchange.ClientTrust;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A listener's certificate and its clients', out of the pod's values.
 *
 * @param clients whether they are asked for one
 * @param trust whose are taken; null: any
 */
record ServerTls(PemKeyCertOptions certificate, ClientAuth clients, @Nullable ClientTrust trust) {
  /**
   * TLS shows that a client holds the key of its certificate (RFC 8446 §4.4.3). Whose that is, its
   * digest says. Where the listener has no authorities it does not matter who signed it: any
   * certificate may come, and nobody is refused for one here.
   */
  private static final TrustOptions ANY_CLIENT = TrustOptions.wrap(new AnyClient());

  private static final class AnyClient extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("for clients alone");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("for clients alone");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("for clients alone");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /**
   * @param clients where nothing is said of clients' certificates: whether they are asked for one
   * @throws ConfigException where a value is not what it should be
   */
  static ServerTls of(
      Vertx vertx, Listener listener, ListenerTls tls, ClientAuth clients, Values values) {
    PemKeyCertOptions certificate = certificate(vertx, listener, tls, values);
    ClientCertificates taken = tls.clientCertificates();
    if (taken == null) {
      return new ServerTls(certificate, clients, null);
    }
    ValueRef authorities = taken.certificateAuthority();
    try {
      ClientTrust trust = ClientTrust.of(taken, values.value(authorities));
      return new ServerTls(
          certificate, trust.required() ? ClientAuth.REQUIRED : ClientAuth.REQUEST, trust);
    } catch (GeneralSecurityException e) {
      throw new ConfigException(
          "listeners[" + listener.name() + "].tls.clientCertificates",
          "is no bundle of certificates (" + authorities.name() + ")");
    }
  }

  private static PemKeyCertOptions certificate(
      Vertx vertx, Listener listener, ListenerTls tls, Values values) {
    PemKeyCertOptions pem =
        new PemKeyCertOptions()
            .setCertValue(Buffer.buffer(values.value(tls.certificate())))
            .setKeyValue(Buffer.buffer(values.value(tls.privateKey())));
    try {
      pem.getKeyManagerFactory(vertx);
    } catch (Exception e) {
      throw new ConfigException(
          "listeners[" + listener.name() + "].tls",
          "is no certificate with its key (" + tls.certificate().name() + ")");
    }
    return pem;
  }

  /** Held to when a client shows a certificate; null: it is asked for none. */
  @Nullable TrustOptions trustOptions() {
    if (clients == ClientAuth.NONE) {
      return null;
    }
    return trust == null ? ANY_CLIENT : trust.options();
  }

  ServerSSLOptions options() {
    return new ServerSSLOptions()
        .setKeyCertOptions(certificate)
        .setClientAuth(clients)
        .setTrustOptions(trustOptions())
        .setUseAlpn(true)
        .setApplicationLayerProtocols(List.of("h2", "http/1.1"));
  }
}
