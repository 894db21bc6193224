package io.warmgate.server.listener;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Listener;
import io.warmgate.config.ListenerTls;
import io.warmgate.server.Values;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** A listener's certificate, out of the pod's values. */
final class ServerTls {
  /**
   * TLS shows that a client holds the key of its certificate (RFC 8446 §4.4.3). Whose that is, its
   * digest says, not who signed it: any certificate may come, and nobody is refused for one here.
   */
  static final TrustOptions ANY_CLIENT = TrustOptions.wrap(new AnyClient());

  private ServerTls() {}

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
   * @throws ConfigException where the two are no certificate and its key
   */
  static PemKeyCertOptions certificate(
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

  /**
   * @param clients whether clients are asked for a certificate
   */
  static ServerSSLOptions options(PemKeyCertOptions certificate, ClientAuth clients) {
    return new ServerSSLOptions()
        .setKeyCertOptions(certificate)
        .setClientAuth(clients)
        .setTrustOptions(clients == ClientAuth.NONE ? null : ANY_CLIENT)
        .setUseAlpn(true)
        .setApplicationLayerProtocols(List.of("h2", "http/1.1"));
  }
}
