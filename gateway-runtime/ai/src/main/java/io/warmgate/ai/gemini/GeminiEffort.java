package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;
import java.util.Locale;

/**
 * {@code thinkingConfig}: newer models have levels, those of 2.5 budgets in tokens. Which is which
 * is Google's own reading of {@code reasoning_effort} ("OpenAI compatibility").
 */
final class GeminiEffort {
  private GeminiEffort() {}

  static ObjectNode write(String effort, String model) {
    ObjectNode thinking = Json.object();
    if (model.startsWith("gemini-2.5")) {
      return thinking.put("thinkingBudget", budget(effort));
    }
    return switch (effort) {
      case "minimal", "low", "medium", "high" ->
          thinking.put("thinkingLevel", effort.toUpperCase(Locale.ROOT));
      default -> throw unknown(effort);
    };
  }

  private static int budget(String effort) {
    return switch (effort) {
      case "none" -> 0;
      case "minimal", "low" -> 1024;
      case "medium" -> 8192;
      case "high" -> 24576;
      default -> throw unknown(effort);
    };
  }

  private static TranslationException unknown(String effort) {
    return TranslationException.unknownTo(GEMINI, "reasoning_effort (" + effort + ")");
  }
}
