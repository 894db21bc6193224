package io.warmgate.server.listener;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Listener;
import io.warmgate.config.ListenerTls;
import io.warmgate.server.Values;
import java.util.List;

/** A listener's certificate, out of the pod's values. */
final class ServerTls {
  private ServerTls() {}

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

  static ServerSSLOptions options(PemKeyCertOptions certificate) {
    return new ServerSSLOptions()
        .setKeyCertOptions(certificate)
        .setUseAlpn(true)
        .setApplicationLayerProtocols(List.of("h2", "http/1.1"));
  }
}
