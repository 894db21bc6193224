package io.warmgate.ai.embedding;

import io.warmgate.ai.TranslationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * One vector, kept once and written either way.
 *
 * @param base64 of its 32-bit floats, little-endian
 */
public record Vector(String base64) {

  public static Vector of(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new Vector(Base64.getEncoder().encodeToString(bytes.array()));
  }

  /**
   * @param field for the error
   * @throws TranslationException where it is no base64 of whole floats
   */
  static Vector ofBase64(String base64, String field) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length % Float.BYTES != 0) {
        throw new TranslationException(field, "is not a whole number of floats");
      }
      return new Vector(Base64.getEncoder().encodeToString(bytes));
    } catch (IllegalArgumentException e) {
      throw new TranslationException(field, "is not base64");
    }
  }

  public float[] values() {
    byte[] bytes = Base64.getDecoder().decode(base64);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
