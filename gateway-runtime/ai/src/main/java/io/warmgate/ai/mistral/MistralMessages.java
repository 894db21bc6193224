package io.warmgate.ai.mistral;

import static io.warmgate.ai.Dialect.MISTRAL_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;

/** {@code messages}. */
final class MistralMessages {
  private static final String PATH = "messages[].";

  private MistralMessages() {}

  static ArrayNode of(JsonNode messages) {
    ArrayNode told = Json.array();
    messages.forEach(message -> told.add(message(message)));
    return told;
  }

  private static ObjectNode message(JsonNode message) {
    ObjectNode told = Json.object();
    message.properties().forEach(field -> field(field.getKey(), field.getValue(), told));
    String thoughts = message.path("reasoning_content").asText("");
    if (!thoughts.isEmpty()) {
      told.set("content", thinking(thoughts, told.path("content")));
    }
    return told;
  }

  private static void field(String name, JsonNode value, ObjectNode told) {
    switch (name) {
      case "role" -> told.put(name, value.asText().equals("developer") ? "system" : value.asText());
      case "content" -> told.set(name, value.isArray() ? chunks(value) : value);
      case "tool_call_id" -> told.put(name, MistralCallId.of(value.asText()));
      case "tool_calls" -> told.set(name, calls(value));
      case "reasoning_content" -> {} // goes into the content
      default -> MistralRequest.requireInert(name, value, PATH);
    }
  }

  private static ArrayNode chunks(JsonNode parts) {
    ArrayNode told = Json.array();
    for (JsonNode part : parts) {
      switch (part.path("type").asText()) {
        case "text", "image_url" -> told.add(part);
        // It is what the model said, after all.
        case "refusal" ->
            told.addObject().put("type", "text").put("text", part.path("refusal").asText());
        default ->
            throw TranslationException.unknownTo(
                MISTRAL_CHAT, PATH + "content[].type (" + part.path("type").asText() + ")");
      }
    }
    return told;
  }

  private static ArrayNode calls(JsonNode calls) {
    ArrayNode told = Json.array();
    for (JsonNode call : calls) {
      if (!call.path("type").asText().equals("function")) {
        throw TranslationException.unknownTo(
            MISTRAL_CHAT, PATH + "tool_calls[].type (" + call.path("type").asText() + ")");
      }
      told.addObject()
          .put("id", MistralCallId.of(call.path("id").asText()))
          .put("type", "function")
          .set("function", call.path("function"));
    }
    return told;
  }

  private static ArrayNode thinking(String thoughts, JsonNode content) {
    ArrayNode chunks = Json.array();
    ArrayNode thought = chunks.addObject().put("type", "thinking").putArray("thinking");
    thought.addObject().put("type", "text").put("text", thoughts);
    if (content instanceof ArrayNode said) {
      chunks.addAll(said);
    } else if (content.isTextual()) {
      chunks.addObject().put("type", "text").set("text", content);
    }
    return chunks;
  }
}
