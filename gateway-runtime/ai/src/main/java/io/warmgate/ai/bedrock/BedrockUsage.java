package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;

/** {@code usage}: what was read from the prompt cache, or written to it, is beside the input. */
final class BedrockUsage {
  private BedrockUsage() {}

  static Usage read(FieldReader usage) {
    usage.any("totalTokens");
    long cached = usage.wholeOr("cacheReadInputTokens", 0);
    long written = usage.wholeOr("cacheWriteInputTokens", 0);
    return new Usage(
        usage.wholeOr("inputTokens", 0) + cached + written,
        cached,
        written,
        usage.wholeOr("outputTokens", 0),
        0,
        usage.rest(BEDROCK_CONVERSE));
  }

  static ObjectNode write(Usage usage) {
    ObjectNode node =
        Json.object()
            .put("inputTokens", usage.input() - usage.cached() - usage.written())
            .put("outputTokens", usage.output())
            .put("totalTokens", usage.input() + usage.output());
    if (usage.cached() > 0) {
      node.put("cacheReadInputTokens", usage.cached());
    }
    if (usage.written() > 0) {
      node.put("cacheWriteInputTokens", usage.written());
    }
    if (usage.extras().dialect() == BEDROCK_CONVERSE) {
      usage.extras().writeTo(node, BEDROCK_CONVERSE, "usage.");
    }
    return node;
  }
}
