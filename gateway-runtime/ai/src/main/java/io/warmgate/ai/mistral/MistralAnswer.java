package io.warmgate.ai.mistral;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An answer, or a chunk of one, in OpenAI's words: thoughts out of the content, and reasons that
 * OpenAI does not have.
 */
final class MistralAnswer {
  private MistralAnswer() {}

  /**
   * @param node is changed
   */
  static JsonNode of(JsonNode node) {
    for (JsonNode choice : node.path("choices")) {
      if (choice instanceof ObjectNode said) {
        reason(said);
        for (String name : List.of("message", "delta")) {
          if (said.get(name) instanceof ObjectNode message && message.path("content").isArray()) {
            content(message);
          }
        }
      }
    }
    return node;
  }

  /** The context is full, or the model failed on its way: what came is not the whole. */
  private static void reason(ObjectNode choice) {
    String said = choice.path("finish_reason").asText();
    if (said.equals("model_length") || said.equals("error")) {
      choice.put("finish_reason", "length");
    }
  }

  private static void content(ObjectNode message) {
    StringBuilder text = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    for (JsonNode chunk : message.path("content")) {
      switch (chunk.path("type").asText()) {
        case "text" -> text.append(chunk.path("text").asText());
        case "thinking" ->
            chunk.path("thinking").forEach(inner -> thoughts.append(inner.path("text").asText()));
        default -> {
          // References and files stay where they are, to be refused there.
          return;
        }
      }
    }
    message.put("content", text.toString());
    if (!thoughts.isEmpty()) {
      message.put("reasoning_content", thoughts.toString());
    }
  }
}
