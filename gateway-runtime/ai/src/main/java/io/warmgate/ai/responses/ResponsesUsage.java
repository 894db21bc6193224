package io.warmgate.ai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.Json;

/** {@code ResponseUsage}. */
final class ResponsesUsage {
  private ResponsesUsage() {}

  static ObjectNode write(Usage usage) {
    ObjectNode node = Json.object().put("input_tokens", usage.input());
    node.putObject("input_tokens_details")
        .put("cached_tokens", usage.cached())
        .put("cache_write_tokens", usage.written());
    node.put("output_tokens", usage.output());
    node.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
    return node.put("total_tokens", usage.input() + usage.output());
  }
}
