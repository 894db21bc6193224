package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.httpcache.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of a client's header fields shapes an answer, where both sides speak the same dialect. */
final class PassedFields {
  /** Anthropic, "Versions": the newest there is. */
  static final String ANTHROPIC_VERSION = "2023-06-01";

  private PassedFields() {}

  /**
   * @return by lower-case name, in the order of names
   */
  static Map<String, String> of(MultiMap headers, Dialect dialect) {
    Map<String, String> passed = new TreeMap<>();
    switch (dialect) {
      case OPENAI_CHAT, OPENAI_EMBEDDINGS, OPENAI_RESPONSES, OPENAI_COMPLETIONS ->
          put(headers, "openai-beta", passed);
      // No client speaks it.
      case GEMINI, MISTRAL_CHAT, BEDROCK_CONVERSE -> {}
      case ANTHROPIC_MESSAGES -> {
        put(headers, "anthropic-beta", passed);
        put(headers, "anthropic-version", passed);
        passed.remove("anthropic-version", ANTHROPIC_VERSION);
      }
      case PROMPT -> {}
      // What a server of tensors answers depends on its path and its body alone.
      case OPEN_INFERENCE, TENSORFLOW_SERVING -> {}
    }
    return passed;
  }

  /**
   * All that a question is: each of its items, and after them each name and each value, behind
   * their lengths.
   */
  static Bytes framed(List<InferenceKey> items, Map<String, String> passed) {
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    items.forEach(item -> frame(item.material(), framed));
    passed.forEach(
        (name, value) -> {
          frame(name.getBytes(StandardCharsets.UTF_8), framed);
          frame(value.getBytes(StandardCharsets.UTF_8), framed);
        });
    return Bytes.of(framed.toByteArray());
  }

  private static void frame(byte[] bytes, ByteArrayOutputStream out) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  private static void put(MultiMap headers, String name, Map<String, String> passed) {
    if (headers.contains(name)) {
      passed.put(name, String.join(",", headers.getAll(name)));
    }
  }
}
