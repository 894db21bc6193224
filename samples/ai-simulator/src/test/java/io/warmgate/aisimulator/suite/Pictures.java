package io.warmgate.aisimulator.suite;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Pictures that are as little of a PNG as a provider looks at. */
public final class Pictures {
  private Pictures() {}

  /** One of many pictures, in base64. */
  public static String base64(int which) {
    byte[] head = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(12).put(head).putInt(which).array());
  }

  /** The same as a {@code data:} URL. */
  public static String dataUrl(int which) {
    return "data:image/png;base64," + base64(which);
  }
}
