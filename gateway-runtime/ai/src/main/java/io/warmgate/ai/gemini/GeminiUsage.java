package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;

/** {@code usageMetadata}: thoughts are beside the candidates' tokens, not among them. */
final class GeminiUsage {
  private GeminiUsage() {}

  static Usage read(FieldReader usage) {
    usage.any("totalTokenCount");
    long thoughts = usage.wholeOr("thoughtsTokenCount", 0);
    return new Usage(
        usage.wholeOr("promptTokenCount", 0) + usage.wholeOr("toolUsePromptTokenCount", 0),
        usage.wholeOr("cachedContentTokenCount", 0),
        0,
        usage.wholeOr("candidatesTokenCount", 0) + thoughts,
        thoughts,
        usage.rest(GEMINI));
  }

  static ObjectNode write(Usage usage) {
    ObjectNode node = Json.object().put("promptTokenCount", usage.input());
    if (usage.cached() > 0) {
      node.put("cachedContentTokenCount", usage.cached());
    }
    node.put("candidatesTokenCount", usage.output() - usage.reasoning());
    if (usage.reasoning() > 0) {
      node.put("thoughtsTokenCount", usage.reasoning());
    }
    node.put("totalTokenCount", usage.input() + usage.output());
    if (usage.extras().dialect() == GEMINI) {
      usage.extras().writeTo(node, GEMINI, "usageMetadata.");
    }
    return node;
  }
}
