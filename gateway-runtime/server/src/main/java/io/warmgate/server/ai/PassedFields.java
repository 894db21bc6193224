package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.warmgate.ai.Dialect;
import io.warmgate.ai.cache.InferenceKey;
import io.warmgate.httpcache.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
      case OPENAI_CHAT, OPENAI_EMBEDDINGS -> put(headers, "openai-beta", passed);
      case ANTHROPIC_MESSAGES -> {
        put(headers, "anthropic-beta", passed);
        put(headers, "anthropic-version", passed);
        passed.remove("anthropic-version", ANTHROPIC_VERSION);
      }
    }
    return passed;
  }

  /** Each name and each value behind its length, after the question's own parts. */
  static Bytes framed(InferenceKey key, Map<String, String> passed) {
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    framed.writeBytes(key.material());
    passed.forEach(
        (name, value) -> {
          frame(name, framed);
          frame(value, framed);
        });
    return Bytes.of(framed.toByteArray());
  }

  private static void frame(String text, ByteArrayOutputStream out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  private static void put(MultiMap headers, String name, Map<String, String> passed) {
    if (headers.contains(name)) {
      passed.put(name, String.join(",", headers.getAll(name)));
    }
  }
}
