package io.warmgate.aisimulator.anthropic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.answer.ToolCall;
import io.warmgate.aisimulator.exchange.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a message.
 *
 * @param id the message's
 * @param model that answers
 * @param inputTokens of the request
 * @param sequence where ids of calls come from
 */
record MessageBody(String id, String model, int inputTokens, Sequence sequence) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The whole message. */
  ObjectNode whole(Reply reply) {
    ArrayNode content = JSON.arrayNode();
    blocks(reply).forEach(content::add);
    return message(content, reason(reply), stop(reply), reply.outputTokens());
  }

  /** What a stream begins with: no content yet, no reason. */
  ObjectNode opening() {
    return message(JSON.arrayNode(), null, null, 1);
  }

  private ObjectNode message(
      ArrayNode content, @Nullable String reason, @Nullable String stop, int outputTokens) {
    ObjectNode message =
        JSON.objectNode()
            .put("id", id)
            .put("type", "message")
            .put("role", "assistant")
            .put("model", model);
    message.set("content", content);
    message.put("stop_reason", reason).put("stop_sequence", stop);
    message.set("usage", usage(outputTokens));
    return message;
  }

  ObjectNode usage(int outputTokens) {
    ObjectNode usage =
        JSON.objectNode()
            .put("input_tokens", inputTokens)
            .put("output_tokens", outputTokens)
            .put("cache_creation_input_tokens", 0)
            .put("cache_read_input_tokens", 0);
    usage
        .putObject("cache_creation")
        .put("ephemeral_5m_input_tokens", 0)
        .put("ephemeral_1h_input_tokens", 0);
    return usage.put("service_tier", "standard");
  }

  /** The content, block by block. */
  List<ObjectNode> blocks(Reply reply) {
    var blocks = new ArrayList<ObjectNode>();
    if (!reply.thoughts().isEmpty()) {
      String thoughts = String.join("", reply.thoughts());
      blocks.add(
          JSON.objectNode()
              .put("type", "thinking")
              .put("thinking", thoughts)
              .put("signature", Signature.of(thoughts)));
    }
    if (!reply.text().isEmpty()) {
      ObjectNode text = JSON.objectNode().put("type", "text").put("text", reply.wholeText());
      blocks.add(text.putNull("citations"));
    }
    for (ToolCall call : reply.calls()) {
      ObjectNode block =
          JSON.objectNode().put("type", "tool_use").put("id", sequence.next("toolu_"));
      block.put("name", call.name()).set("input", call.arguments());
      block.putObject("caller").put("type", "direct");
      blocks.add(block);
    }
    return blocks;
  }

  /** Why the answer ended; what a filter cuts off is a refusal here. */
  static String reason(Reply reply) {
    return switch (reply.end()) {
      case DONE -> "end_turn";
      case STOP_SEQUENCE -> "stop_sequence";
      case LENGTH -> "max_tokens";
      case FILTERED, REFUSED -> "refusal";
      case CALLS -> "tool_use";
    };
  }

  static @Nullable String stop(Reply reply) {
    return reply.stop().isEmpty() ? null : reply.stop();
  }
}
