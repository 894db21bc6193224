package io.warmgate.operator.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.operator.snapshot.RedisServer.Reach;
import io.warmgate.operator.translate.Pem;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken to a server that is looked at. Prints no key.
 *
 * @param serverName held against its certificate
 * @param authorities PEM bundle; null: the system's are trusted
 * @param certificate PEM chain to show; null, as its key: none
 * @param privateKey PEM
 */
record ProbeTls(
    String serverName,
    @Nullable String authorities,
    @Nullable String certificate,
    @Nullable String privateKey) {
  private static final char[] NO_PASSWORD = new char[0];

  /** Over a connection that is open; the handshake is done. */
  Socket over(Socket plain) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, serverName, plain.getPort(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (SocketTimeoutException e) {
      // A Redis takes a handshake for the beginning of a command, and waits for its end.
      throw new SSLException("no answer to a handshake", e);
    } catch (GeneralSecurityException e) {
      throw new SSLException("a Secret holds no usable certificate or key", e);
    }
  }

  private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
    if (authorities == null) {
      return null;
    }
    KeyStore store = emptyStore();
    int index = 0;
    for (Certificate authority : Pem.certificates(authorities.getBytes(UTF_8))) {
      store.setCertificateEntry("authority-" + index++, authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
    if (certificate == null || privateKey == null) {
      return null;
    }
    List<Certificate> chain = Pem.certificates(certificate.getBytes(UTF_8));
    PrivateKey key =
        Pem.privateKey(privateKey.getBytes(UTF_8), chain.getFirst().getPublicKey().getAlgorithm());
    KeyStore store = emptyStore();
    store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** What a handshake, or the first words after it, failed of. */
  static Reach reach(SSLException failure) {
    Reach reach = Reach.NO_TLS;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        return Reach.UNTRUSTED;
      }
      if (cause instanceof CertificateException) {
        reach = Reach.OTHER_NAME;
      }
    }
    String message = String.valueOf(failure.getMessage());
    // RFC 8446 §6.2; a server of TLS 1.2 says handshake_failure.
    return message.contains("fatal alert:")
            && (message.contains("certificate")
                || message.contains("unknown_ca")
                || message.contains("handshake_failure"))
        ? Reach.ASKS_CERTIFICATE
        : reach;
  }

  @Override
  public String toString() {
    return serverName;
  }
}
