package io.warmgate.operator.translate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 of strings, each preceded by its length, so that no two lists are alike. */
public final class Framed {
  private final MessageDigest digest = sha256();

  Framed add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (bytes.length >> shift));
    }
    digest.update(bytes);
    return this;
  }

  Framed addAll(Iterable<String> texts) {
    int count = 0;
    for (String text : texts) {
      add(text);
      count++;
    }
    return add(String.valueOf(count));
  }

  /** The first 16 hexadecimal digits. */
  String hash16() {
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  /** The first 8 hexadecimal digits of the hash of some bytes. */
  public static String hash8(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes), 0, 4);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
