package io.warmgate.ai.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.AnswerId;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.stream.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the chunks of one stream have in common.
 *
 * @param nowSeconds since the epoch, where the provider does not say when
 */
record OpenAiChunks(long nowSeconds, Usage usage, Padding padding) {

  /** {@code stream_options.include_usage}. */
  enum Usage {
    SHOWN,
    LEFT_OUT
  }

  /**
   * {@code stream_options.include_obfuscation}: whoever sees the sizes of encrypted chunks learns
   * the lengths of tokens from them, and from those what is said.
   */
  enum Padding {
    ON,
    OFF
  }

  /** Lengths that differ by less are not told apart. */
  private static final int GRAIN = 32;

  String chunk(AnswerId id, ObjectNode delta, @Nullable String finish, int visible) {
    ObjectNode root = OpenAiAnswerWriter.head(id, "chat.completion.chunk", nowSeconds);
    ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.set("logprobs", null);
    choice.put("finish_reason", finish);
    if (usage == Usage.SHOWN) {
      root.set("usage", null);
    }
    if (padding == Padding.ON && visible > 0) {
      root.put("obfuscation", "0".repeat(GRAIN - visible % GRAIN));
    }
    return frame(root);
  }

  /** "The choices field will always be an empty array." */
  String used(AnswerId id, io.warmgate.ai.chat.Usage tokens) {
    ObjectNode root = OpenAiAnswerWriter.head(id, "chat.completion.chunk", nowSeconds);
    root.putArray("choices");
    root.set("usage", OpenAiUsage.write(tokens));
    return frame(root);
  }

  static String frame(JsonNode node) {
    return new SseEvent("", Json.string(node)).frame();
  }

  static String done() {
    return new SseEvent("", "[DONE]").frame();
  }
}
