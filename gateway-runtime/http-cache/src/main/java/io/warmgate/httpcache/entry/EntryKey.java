package io.warmgate.httpcache.entry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key that entries are encrypted with (AES-256), and its id, which tells nothing of it. Prints
 * its id alone.
 */
public final class EntryKey {
  /** In bytes. */
  public static final int LENGTH = 32;

  static final int ID_LENGTH = 8;
  private static final byte[] ID_OF = "warmgate entry key".getBytes(StandardCharsets.US_ASCII);

  private final SecretKeySpec key;
  private final byte[] id;

  /**
   * @param bytes of the key; copied
   * @throws IllegalArgumentException where they are not {@link #LENGTH}
   */
  public EntryKey(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("is " + bytes.length + " bytes long, not " + LENGTH);
    }
    key = new SecretKeySpec(bytes, "AES");
    id = Arrays.copyOf(digest(bytes, ID_OF), ID_LENGTH);
  }

  /** HMAC-SHA-256 of a text: who has no key can neither make nor guess it. */
  byte[] digest(String text) {
    return digest(key.getEncoded(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] digest(byte[] bytes, byte[] of) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      return mac.doFinal(of);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC with SHA-256", e);
    }
  }

  SecretKeySpec key() {
    return key;
  }

  byte[] id() {
    return id;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntryKey that
        && MessageDigest.isEqual(key.getEncoded(), that.key.getEncoded());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(id);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(id);
  }
}
