package io.warmgate.ai.inference;

import io.warmgate.ai.cache.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a text stands for: base64 (RFC 4648 section 4), in lines or not, padded or not, alone
 * or in a data URL (RFC 2397).
 */
final class EncodedBytes {
  /** In base64; of more the first bytes say nothing. */
  private static final int FIRST = 16;

  /** PNG, JPEG, GIF, TIFF in either order of bytes. WebP is asked for by two places. */
  private static final List<byte[]> SIGNATURES =
      List.of(
          signature(0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a),
          signature(0xff, 0xd8, 0xff),
          signature('G', 'I', 'F', '8'),
          signature('I', 'I', '*', 0),
          signature('M', 'M', 0, '*'));

  private static byte[] signature(int... bytes) {
    byte[] signature = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      signature[i] = (byte) bytes[i];
    }
    return signature;
  }

  private final byte[] bytes;

  private EncodedBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** SHA-256 of what is encoded, in hexadecimal. */
  String digest() {
    return Sha256.hex(bytes);
  }

  /** The one way to write it that all servers read: padded, no white space, no URL. */
  String plain() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** What the text stands for; null: it is no base64. */
  static @Nullable EncodedBytes read(String text) {
    byte[] bytes = decoded(text);
    if (bytes == null) {
      int from = afterHead(text);
      bytes = from < 0 ? null : decoded(withoutSpace(text.substring(from)));
    }
    return bytes == null ? null : new EncodedBytes(bytes);
  }

  /** The same where it is a picture; null also for other bytes, and for plain words. */
  static @Nullable EncodedBytes readPicture(String text) {
    int from = afterHead(text);
    if (from < 0) {
      return null;
    }
    String begin = withoutSpace(text.substring(from, Math.min(text.length(), from + 2 * FIRST)));
    byte[] first = begin.length() < FIRST ? null : decoded(begin.substring(0, FIRST));
    return first != null && isPicture(first) ? read(text) : null;
  }

  private static byte @Nullable [] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static boolean isPicture(byte[] first) {
    boolean webp =
        new String(first, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
            && new String(first, 8, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
    return webp
        || SIGNATURES.stream()
            .anyMatch(
                signature ->
                    Arrays.equals(signature, 0, signature.length, first, 0, signature.length));
  }

  /** Behind the head of a data URL; 0: it is none; -1: one that is not in base64. */
  private static int afterHead(String text) {
    if (!text.regionMatches(true, 0, "data:", 0, "data:".length())) {
      return 0;
    }
    int comma = text.indexOf(',');
    return comma >= 0 && text.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")
        ? comma + 1
        : -1;
  }

  private static String withoutSpace(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        kept.append(c);
      }
    }
    return kept.toString();
  }
}
