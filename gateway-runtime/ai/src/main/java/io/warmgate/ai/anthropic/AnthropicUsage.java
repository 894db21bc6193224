package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.Usage;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * "Total input tokens in a request is the summation of {@code input_tokens}, {@code
 * cache_creation_input_tokens}, and {@code cache_read_input_tokens}."
 */
final class AnthropicUsage {
  private AnthropicUsage() {}

  static Usage read(FieldReader usage) {
    return read(usage, null);
  }

  /**
   * @param before what an earlier event of the stream said, of which a later one leaves parts out
   */
  static Usage read(FieldReader usage, @Nullable Usage before) {
    long written =
        usage.wholeOr("cache_creation_input_tokens", before == null ? 0 : before.written());
    long cached = usage.wholeOr("cache_read_input_tokens", before == null ? 0 : before.cached());
    long fresh =
        usage.wholeOr(
            "input_tokens",
            before == null ? 0 : before.input() - before.written() - before.cached());
    long output = usage.wholeOr("output_tokens", before == null ? 0 : before.output());
    FieldReader details = usage.object("output_tokens_details");
    long reasoning = details == null ? 0 : details.wholeOr("thinking_tokens", 0);
    return new Usage(
        fresh + written + cached,
        cached,
        written,
        output,
        reasoning,
        usage.rest(ANTHROPIC_MESSAGES));
  }

  static ObjectNode write(Usage usage) {
    ObjectNode node =
        Json.object()
            .put("input_tokens", usage.input() - usage.cached() - usage.written())
            .put("cache_creation_input_tokens", usage.written())
            .put("cache_read_input_tokens", usage.cached())
            .put("output_tokens", usage.output());
    if (usage.reasoning() > 0) {
      node.putObject("output_tokens_details").put("thinking_tokens", usage.reasoning());
    }
    if (usage.extras().dialect() == ANTHROPIC_MESSAGES) {
      usage.extras().writeTo(node, ANTHROPIC_MESSAGES, "usage.");
    }
    return node;
  }

  /** Where the provider tells nothing: the field has to be there. */
  static ObjectNode unknown() {
    return Json.object().put("input_tokens", 0).put("output_tokens", 0);
  }
}
