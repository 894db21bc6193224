package io.warmgate.ai.mistral;

import static io.warmgate.ai.Dialect.MISTRAL_CHAT;
import static io.warmgate.ai.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Inert;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;
import java.math.BigDecimal;
import java.util.Set;

/** A question of OpenAI's form in Mistral's words; what those cannot say is refused by its name. */
final class MistralRequest {
  private static final BigDecimal HOTTEST = new BigDecimal("1.5");

  private static final Set<String> AS_THEY_ARE =
      Set.of(
          "model",
          "stream",
          "top_p",
          "stop",
          "presence_penalty",
          "frequency_penalty",
          "response_format",
          "parallel_tool_calls",
          "max_tokens");

  /** For the provider's books, which have no place for them here. */
  private static final Set<String> LEFT_OUT = Set.of("user", "metadata");

  private MistralRequest() {}

  static ObjectNode of(ObjectNode asked) {
    ObjectNode told = Json.object();
    asked.properties().forEach(entry -> field(entry.getKey(), entry.getValue(), told));
    return told;
  }

  private static void field(String name, JsonNode value, ObjectNode told) {
    switch (name) {
      case "messages" -> told.set(name, MistralMessages.of(value));
      case "tools" -> told.set(name, MistralTools.of(value));
      case "max_completion_tokens" -> told.set("max_tokens", value);
      case "seed" -> told.set("random_seed", value);
      case "tool_choice" ->
          told.set(name, value.asText().equals("required") ? Json.text("any") : value);
      case "temperature" -> {
        if (value.decimalValue().compareTo(HOTTEST) > 0) {
          throw new TranslationException(name, "goes up to 1.5 in " + MISTRAL_CHAT.title());
        }
        told.set(name, value);
      }
      case "reasoning_effort" -> {
        if (!value.asText().equals("none") && !value.asText().equals("high")) {
          throw TranslationException.unknownTo(MISTRAL_CHAT, name + " (" + value.asText() + ")");
        }
        told.set(name, value);
      }
      default -> {
        if (AS_THEY_ARE.contains(name)) {
          told.set(name, value);
        } else if (!LEFT_OUT.contains(name)) {
          requireInert(name, value, "");
        }
      }
    }
  }

  /**
   * @param path of the object that has it; empty or ending in a dot
   */
  static void requireInert(String name, JsonNode value, String path) {
    if (!Inert.is(OPENAI_CHAT, name, value)) {
      throw TranslationException.unknownTo(MISTRAL_CHAT, path + name);
    }
  }
}
