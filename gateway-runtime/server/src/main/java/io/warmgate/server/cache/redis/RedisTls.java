package io.warmgate.server.cache.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.warmgate.config.BackendTls;
import io.warmgate.config.ConfigException;
import io.warmgate.config.ValueRef;
import io.warmgate.server.Values;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS to a Redis. Two that are equal are the same connection; prints no key.
 *
 * @param serverName held against its certificate
 * @param authorities PEM bundle; null trusts the system's
 * @param certificate PEM chain to show; null, as its key: none
 * @param privateKey PEM
 */
public record RedisTls(
    String serverName,
    @Nullable String authorities,
    @Nullable String certificate,
    @Nullable String privateKey) {

  /**
   * @throws ConfigException where a value is missing, or holds no certificates
   */
  static RedisTls of(BackendTls tls, Values values) {
    RedisTls read =
        new RedisTls(
            tls.serverName(),
            pem(tls.certificateAuthority(), values),
            pem(tls.clientCertificate(), values),
            pem(tls.clientPrivateKey(), values));
    read.trust();
    return read;
  }

  private static @Nullable String pem(@Nullable ValueRef reference, Values values) {
    return reference == null ? null : new String(values.value(reference), US_ASCII);
  }

  void secure(NetClientOptions options) {
    // No algorithm: the name is compared by our own trust manager.
    options
        .setSsl(true)
        .setHostnameVerificationAlgorithm("")
        .setTrustOptions(TrustOptions.wrap(trust()));
    if (certificate != null && privateKey != null) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertValue(Buffer.buffer(certificate))
              .addKeyValue(Buffer.buffer(privateKey)));
    }
  }

  /** Whether it has a certificate to show. */
  boolean showsCertificate() {
    return certificate != null;
  }

  private TrustManager trust() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store());
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager authorities) {
          return new ServerTrust(authorities, new ServerName(serverName));
        }
      }
      throw new GeneralSecurityException("this Java checks no certificates");
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigException("cache.shared.tls.certificateAuthority", "is not usable: " + e);
    }
  }

  /** Null: the system's. */
  private @Nullable KeyStore store() throws GeneralSecurityException, IOException {
    if (authorities == null) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int index = 0;
    for (Certificate authority :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(authorities.getBytes(US_ASCII)))) {
      store.setCertificateEntry("authority-" + index++, authority);
    }
    return store;
  }

  @Override
  public String toString() {
    return "TLS to " + serverName;
  }
}
