package io.warmgate.aisimulator.answer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256. */
public final class Digest {
  private Digest() {}

  /** The 32 bytes. */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** The 32 bytes of a text in UTF-8. */
  public static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first eight hexadecimal digits. */
  public static String brief(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes), 0, 4);
  }

  /** The first eight hexadecimal digits of a text in UTF-8. */
  public static String brief(String text) {
    return brief(text.getBytes(StandardCharsets.UTF_8));
  }
}
