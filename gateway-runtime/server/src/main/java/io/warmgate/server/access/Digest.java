package io.warmgate.server.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256: what is kept in a credential's place. Compared without a string. */
record Digest(long first, long second, long third, long fourth) {
  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digest::sha256);

  /** Of the text's UTF-8. */
  static Digest of(String text) {
    return of(SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * @param hex 64 digits
   */
  static Digest ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** What stands for the same as it was shown to that issuer, and to no other. */
  Digest shownTo(String issuer) {
    MessageDigest sha256 = SHA_256.get();
    sha256.update(
        ByteBuffer.allocate(Long.BYTES * 4)
            .putLong(first)
            .putLong(second)
            .putLong(third)
            .putLong(fourth)
            .flip());
    return of(sha256.digest(issuer.getBytes(StandardCharsets.UTF_8)));
  }

  private static Digest of(byte[] digest) {
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    return new Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
