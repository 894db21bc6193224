package io.warmgate.server.handover;

import io.warmgate.server.HandoverKeys;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pods of a gateway know each other by: who is asked shows the certificate, who asks shows the
 * token. Safe for every thread; prints neither.
 */
public final class HandoverSecret {
  private volatile @Nullable Known known;

  private record Known(X509Certificate certificate, String token) {}

  /**
   * @param keys without a token: nobody is known from now on
   * @throws CertificateException where the certificate is none
   */
  void set(HandoverKeys keys) throws CertificateException {
    String token = new String(keys.token(), StandardCharsets.UTF_8);
    known = token.isEmpty() ? null : new Known(leaf(keys.certificate()), token);
  }

  /** Whether that is the token, in a time that does not tell how much of it is right. */
  boolean is(@Nullable String given) {
    Known now = known;
    return now != null
        && given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), now.token.getBytes(StandardCharsets.UTF_8));
  }

  /** Null while there is none. */
  @Nullable String token() {
    Known now = known;
    return now == null ? null : now.token;
  }

  /** The certificate that every pod of the gateway has, and nobody else; none without a token. */
  List<X509Certificate> trusted() {
    Known now = known;
    return now == null ? List.of() : List.of(now.certificate);
  }

  private static X509Certificate leaf(byte[] pem) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  @Override
  public String toString() {
    return "HandoverSecret[redacted]";
  }
}
