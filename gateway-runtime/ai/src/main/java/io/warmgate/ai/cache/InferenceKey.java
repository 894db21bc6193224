package io.warmgate.ai.cache;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.json.CanonicalJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer to a question is kept: the SHA-256 of its material, which is the format and the
 * {@link CanonicalRequest}, each behind its length (4 bytes), so that no part can pass for another.
 * Whoever finds an entry under the digest compares the material, as it does not trust a hash.
 *
 * <p>Whose answer it may be (partition, release) is not in it: the HTTP cache frames that around
 * it.
 */
public final class InferenceKey {
  /** Changes with the form of canonical requests. */
  static final String FORMAT = "warmgate-chat/1";

  private final byte[] material;

  private InferenceKey(byte[] material) {
    this.material = material;
  }

  /**
   * @param model that is asked, by the provider's name of its resolved version
   * @param defaults of the provider
   */
  public static InferenceKey of(ChatRequest request, String model, Defaults defaults) {
    return ofCanonical(FORMAT, CanonicalRequest.of(request, model, defaults));
  }

  /**
   * Of a question of another kind.
   *
   * @param format that no other kind has
   */
  public static InferenceKey ofCanonical(String format, JsonNode question) {
    return ofCanonical(format, CanonicalJson.bytes(question));
  }

  /**
   * Of a question whose one form is there already.
   *
   * @param format that no other kind has
   */
  public static InferenceKey ofCanonical(String format, byte[] canonical) {
    byte[] kind = format.getBytes(StandardCharsets.US_ASCII);
    return new InferenceKey(
        ByteBuffer.allocate(2 * Integer.BYTES + kind.length + canonical.length)
            .putInt(kind.length)
            .put(kind)
            .putInt(canonical.length)
            .put(canonical)
            .array());
  }

  /** To be kept with the entry. */
  public byte[] material() {
    return material.clone();
  }

  /** Whether an entry that was found under the digest answers this question. */
  public boolean isOf(byte[] storedMaterial) {
    return Arrays.equals(material, storedMaterial);
  }

  /** SHA-256 in hexadecimal. */
  public String hex() {
    return Sha256.hex(material);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InferenceKey that && isOf(that.material);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(material);
  }

  @Override
  public String toString() {
    return hex();
  }
}
