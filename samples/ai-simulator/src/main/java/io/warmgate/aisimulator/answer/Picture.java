package io.warmgate.aisimulator.answer;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Pictures inside requests: base64 that decodes, of a kind that its first bytes show. */
public final class Picture {
  private static final Map<String, String> FIRST_BYTES =
      Map.of(
          "image/png", "89504e470d0a1a0a",
          "image/jpeg", "ffd8ff",
          "image/gif", "474946383",
          "image/webp", "52494646");

  private Picture() {}

  /** The bytes of a picture, or nothing where it is not one of that media type. */
  public static Optional<byte[]> decode(String mediaType, String base64) {
    String first = FIRST_BYTES.get(mediaType);
    if (first == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      int shown = Math.min(bytes.length, 16);
      return HexFormat.of().formatHex(bytes, 0, shown).startsWith(first)
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** The bytes of a {@code data:} URL, or nothing where it holds no such picture. */
  public static Optional<byte[]> ofDataUrl(String url) {
    int comma = url.indexOf(";base64,");
    return url.startsWith("data:") && comma > 0
        ? decode(url.substring("data:".length(), comma), url.substring(comma + ";base64,".length()))
        : Optional.empty();
  }
}
