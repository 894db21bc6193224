package io.warmgate.server.exchange;

import io.vertx.core.http.HttpConnection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The certificate that a client has shown that it holds the key of (RFC 8446 §4.4.3). */
final class ClientCertificate {
  private ClientCertificate() {}

  /** SHA-256, lower-case hexadecimal; null: there is none, or its time is over. */
  static @Nullable String of(@Nullable HttpConnection connection) {
    SSLSession session = connection == null ? null : connection.sslSession();
    if (session == null) {
      return null;
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      if (chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
        return null;
      }
      certificate.checkValidity();
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (SSLPeerUnverifiedException | CertificateException _) {
      return null;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
