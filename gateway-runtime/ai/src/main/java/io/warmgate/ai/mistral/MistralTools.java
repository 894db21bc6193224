package io.warmgate.ai.mistral;

import static io.warmgate.ai.Dialect.MISTRAL_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;

/** {@code tools}: functions alone, each with its parameters. */
final class MistralTools {
  private MistralTools() {}

  static ArrayNode of(JsonNode tools) {
    ArrayNode told = Json.array();
    for (JsonNode tool : tools) {
      String type = tool.path("type").asText("");
      if (!type.equals("function") || !(tool.get("function") instanceof ObjectNode function)) {
        throw TranslationException.unknownTo(MISTRAL_CHAT, "tools[].type (" + type + ")");
      }
      tool.properties().stream()
          .filter(field -> !field.getKey().equals("type") && !field.getKey().equals("function"))
          .forEach(
              field -> MistralRequest.requireInert(field.getKey(), field.getValue(), "tools[]."));
      ObjectNode named = function.deepCopy();
      if (!named.has("parameters")) {
        // "Omitting parameters defines a function with an empty parameter list" (OpenAI).
        named.putObject("parameters").put("type", "object").putObject("properties");
      }
      told.addObject().put("type", "function").set("function", named);
    }
    return told;
  }
}
