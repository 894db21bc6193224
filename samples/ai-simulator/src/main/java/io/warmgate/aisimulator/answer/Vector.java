package io.warmgate.aisimulator.answer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An embedding of length 1.
 *
 * @param values one a dimension
 */
public record Vector(List<Float> values) {
  public Vector {
    values = List.copyOf(values);
  }

  /** The vector of a text: the same for the same text, model and number of dimensions. */
  public static Vector of(String text, String model, int dimensions) {
    long seed = ByteBuffer.wrap(Digest.of(model + "\n" + text)).getLong();
    double[] raw = new SplittableRandom(seed).doubles(dimensions, -1, 1).toArray();
    double length = Math.sqrt(Arrays.stream(raw).map(value -> value * value).sum());
    return new Vector(Arrays.stream(raw).mapToObj(value -> (float) (value / length)).toList());
  }

  /** As OpenAI encodes it on request: 32-bit little-endian numbers in base64. */
  public String base64() {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(bytes::putFloat);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
