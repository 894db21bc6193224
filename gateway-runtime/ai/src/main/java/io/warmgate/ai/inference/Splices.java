package io.warmgate.ai.inference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Places of a text where something else is to stand; all others stay as they are, byte for byte.
 */
final class Splices {
  /**
   * @param from of bytes
   * @param to behind the last of them
   */
  private record Splice(int from, int to, String text) {}

  private final List<Splice> splices = new ArrayList<>();

  /** One behind the other. */
  void put(long from, long to, String text) {
    splices.add(new Splice(Math.toIntExact(from), Math.toIntExact(to), text));
  }

  /** The same array where nothing is replaced. */
  byte[] in(byte[] original) {
    if (splices.isEmpty()) {
      return original;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(original.length);
    int at = 0;
    for (Splice splice : splices) {
      out.write(original, at, splice.from() - at);
      out.writeBytes(splice.text().getBytes(StandardCharsets.UTF_8));
      at = splice.to();
    }
    out.write(original, at, original.length - at);
    return out.toByteArray();
  }
}
