package io.warmgate.server.admin;

import io.warmgate.config.admin.AdminApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The mounted admin Secret: certificate, key, and the operator's token. Prints none of them. */
final class AdminSecret {
  private static final String SCHEME = "Bearer ";

  private final byte[] certificate;
  private final byte[] privateKey;
  private final byte[] token;

  AdminSecret(byte[] certificate, byte[] privateKey, byte[] token) {
    this.certificate = certificate.clone();
    this.privateKey = privateKey.clone();
    this.token = new String(token, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param directory the Secret's mount
   * @throws IOException where a file cannot be read or the token is empty
   */
  static AdminSecret read(Path directory) throws IOException {
    AdminSecret secret =
        new AdminSecret(
            Files.readAllBytes(directory.resolve(AdminApi.TLS_CERTIFICATE)),
            Files.readAllBytes(directory.resolve(AdminApi.TLS_PRIVATE_KEY)),
            Files.readAllBytes(directory.resolve(AdminApi.OPERATOR_TOKEN)));
    if (secret.token.length == 0) {
      throw new IOException(directory.resolve(AdminApi.OPERATOR_TOKEN) + " is empty");
    }
    return secret;
  }

  /** PEM chain. */
  byte[] certificate() {
    return certificate.clone();
  }

  /** PEM. */
  byte[] privateKey() {
    return privateKey.clone();
  }

  /**
   * Whether the field is RFC 6750 §2.1's with the operator's token, in a time that does not tell
   * how much of it is right.
   *
   * @param authorization the request's field; null where there is none
   */
  boolean admits(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] given = authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, token);
  }

  boolean sameCertificate(AdminSecret other) {
    return Arrays.equals(certificate, other.certificate)
        && Arrays.equals(privateKey, other.privateKey);
  }

  @Override
  public String toString() {
    return "AdminSecret[redacted]";
  }
}
