package io.warmgate.operator.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.operator.snapshot.RedisServer.Reach;
import io.warmgate.operator.translate.Pem;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
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

  /**
   * Over a connection that is open; the handshake is done.
   *
   * @param unshown is shown where there is no certificate to show
   */
  Socket over(Socket plain, Unshown unshown) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(unshown), trust(), null);
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

  private KeyManager[] keys(Unshown unshown) throws GeneralSecurityException, IOException {
    if (certificate == null || privateKey == null) {
      return new KeyManager[] {unshown};
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

  /**
   * Shows nothing, and notes that a certificate was asked for: a server of TLS 1.3 says that it
   * misses one only when the handshake is done (RFC 8446 §4.4.2.4), and what it says is lost where
   * it closes before the first words are read.
   */
  static final class Unshown extends X509ExtendedKeyManager {
    private volatile boolean asked;

    boolean asked() {
      return asked;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      asked = true;
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
      return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
      return null;
    }
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
