package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.answer.ToolCall;
import io.warmgate.aisimulator.exchange.Sequence;
import java.util.List;

/** Writes a plain chat answer. */
final class ChatBody {
  private final JsonNode request;
  private final ChatHead head;

  ChatBody(JsonNode request, ChatHead head) {
    this.request = request;
    this.head = head;
  }

  ObjectNode body(List<Reply> replies, Sequence sequence, ObjectNode usage) {
    ObjectNode body = head.object("chat.completion");
    ArrayNode choices = body.putArray("choices");
    for (int i = 0; i < replies.size(); i++) {
      Reply reply = replies.get(i);
      ObjectNode choice = choices.addObject().put("index", i);
      choice.set("message", message(reply, sequence));
      choice.set("logprobs", logprobs(reply));
      choice.put("finish_reason", finishReason(reply));
    }
    body.set("usage", usage);
    return body;
  }

  private JsonNode logprobs(Reply reply) {
    return request.path("logprobs").asBoolean()
        ? Logprobs.of(reply.text(), request.path("top_logprobs").asInt(0))
        : JsonNodeFactory.instance.nullNode();
  }

  private static ObjectNode message(Reply reply, Sequence sequence) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
    boolean refused = reply.end() == Reply.End.REFUSED;
    message.put("content", refused || !reply.calls().isEmpty() ? null : reply.wholeText());
    message.put("refusal", refused ? reply.wholeText() : null);
    if (!reply.calls().isEmpty()) {
      ArrayNode calls = message.putArray("tool_calls");
      for (ToolCall call : reply.calls()) {
        ObjectNode written = calls.addObject().put("id", sequence.next("call_"));
        written
            .put("type", "function")
            .putObject("function")
            .put("name", call.name())
            .put("arguments", call.arguments().toString());
      }
    }
    message.putArray("annotations");
    return message;
  }

  /** Why the answer ended, in chat's words; a refusal is an ordinary end. */
  static String finishReason(Reply reply) {
    return switch (reply.end()) {
      case DONE, STOP_SEQUENCE, REFUSED -> "stop";
      case LENGTH -> "length";
      case FILTERED -> "content_filter";
      case CALLS -> "tool_calls";
    };
  }

  static ObjectNode usage(int input, int output) {
    ObjectNode usage =
        JsonNodeFactory.instance
            .objectNode()
            .put("prompt_tokens", input)
            .put("completion_tokens", output)
            .put("total_tokens", input + output);
    usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
    usage
        .putObject("completion_tokens_details")
        .put("reasoning_tokens", 0)
        .put("audio_tokens", 0)
        .put("accepted_prediction_tokens", 0)
        .put("rejected_prediction_tokens", 0);
    return usage;
  }
}
