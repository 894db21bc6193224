package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;

/** {@code CompletionUsage}. */
final class OpenAiUsage {
  private OpenAiUsage() {}

  static Usage read(FieldReader usage) {
    long input = usage.wholeOr("prompt_tokens", 0);
    long output = usage.wholeOr("completion_tokens", 0);
    usage.any("total_tokens");
    FieldReader read = usage.object("prompt_tokens_details");
    long cached = read == null ? 0 : read.wholeOr("cached_tokens", 0);
    FieldReader made = usage.object("completion_tokens_details");
    long reasoning = made == null ? 0 : made.wholeOr("reasoning_tokens", 0);
    return new Usage(input, cached, 0, output, reasoning, usage.rest(OPENAI_CHAT));
  }

  static ObjectNode write(Usage usage) {
    ObjectNode node =
        Json.object()
            .put("prompt_tokens", usage.input())
            .put("completion_tokens", usage.output())
            .put("total_tokens", usage.input() + usage.output());
    node.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
    node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
    if (usage.extras().dialect() == OPENAI_CHAT) {
      usage.extras().writeTo(node, OPENAI_CHAT, "usage.");
    }
    return node;
  }
}
