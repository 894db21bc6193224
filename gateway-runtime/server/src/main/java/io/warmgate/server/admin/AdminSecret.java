package io.warmgate.server.admin;

import io.warmgate.config.admin.AdminApi;
import io.warmgate.server.HandoverKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The mounted admin Secret: certificate, key and tokens. Prints none of them. */
final class AdminSecret {
  private static final String SCHEME = "Bearer ";

  private final byte[] certificate;
  private final byte[] privateKey;
  private final byte[] operatorToken;
  private final byte[] purgeToken;
  private final byte[] previewToken;
  private final byte[] handoverToken;

  /** Whom a token belongs to. */
  enum Caller {
    OPERATOR,
    /** An application, which may purge. */
    PURGER,
    NOBODY
  }

  /**
   * @param purgeToken empty: nobody has it
   * @param previewToken empty: nobody has it
   * @param handoverToken empty: nobody has it
   */
  AdminSecret(
      byte[] certificate,
      byte[] privateKey,
      byte[] operatorToken,
      byte[] purgeToken,
      byte[] previewToken,
      byte[] handoverToken) {
    this.certificate = certificate.clone();
    this.privateKey = privateKey.clone();
    this.operatorToken = stripped(operatorToken);
    this.purgeToken = stripped(purgeToken);
    this.previewToken = stripped(previewToken);
    this.handoverToken = stripped(handoverToken);
  }

  private static byte[] stripped(byte[] token) {
    return new String(token, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param directory the Secret's mount
   * @throws IOException where a file cannot be read or the operator's token is empty
   */
  static AdminSecret read(Path directory) throws IOException {
    AdminSecret secret =
        new AdminSecret(
            Files.readAllBytes(directory.resolve(AdminApi.TLS_CERTIFICATE)),
            Files.readAllBytes(directory.resolve(AdminApi.TLS_PRIVATE_KEY)),
            Files.readAllBytes(directory.resolve(AdminApi.OPERATOR_TOKEN)),
            optional(directory.resolve(AdminApi.PURGE_TOKEN)),
            optional(directory.resolve(AdminApi.PREVIEW_TOKEN)),
            optional(directory.resolve(AdminApi.HANDOVER_TOKEN)));
    if (secret.operatorToken.length == 0) {
      throw new IOException(directory.resolve(AdminApi.OPERATOR_TOKEN) + " is empty");
    }
    return secret;
  }

  /** An operator from before there was one mounts none. */
  private static byte[] optional(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  /** What a request is previewed with; empty: nobody has it. */
  byte[] previewToken() {
    return previewToken.clone();
  }

  /** What pods of the gateway know each other by. */
  HandoverKeys handoverKeys() {
    return new HandoverKeys(certificate, privateKey, handoverToken);
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
   * Whose token the field has (RFC 6750 §2.1), in a time that does not tell how much of it is
   * right.
   *
   * @param authorization the request's field; null where there is none
   */
  Caller caller(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Caller.NOBODY;
    }
    byte[] given = authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
    if (MessageDigest.isEqual(given, operatorToken)) {
      return Caller.OPERATOR;
    }
    return purgeToken.length > 0 && MessageDigest.isEqual(given, purgeToken)
        ? Caller.PURGER
        : Caller.NOBODY;
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
