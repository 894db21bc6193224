package io.warmgate.aisimulator.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.answer.ToolCall;
import io.warmgate.aisimulator.exchange.Sequence;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.exchange.ServerEvent.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an answer, or a stream of one: a block of text has no beginning of its own, one of a call
 * has.
 *
 * @param inputTokens of the request
 * @param sequence where ids of calls come from
 */
record ConverseBody(int inputTokens, Sequence sequence) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** The whole answer. */
  ObjectNode whole(Reply reply, String reason) {
    ObjectNode body = JSON.objectNode();
    body.putObject("metrics").put("latencyMs", 1);
    ArrayNode content = body.putObject("output").putObject("message").putArray("content");
    ((ObjectNode) body.path("output").path("message")).put("role", "assistant");
    if (!reply.thoughts().isEmpty()) {
      String thoughts = String.join("", reply.thoughts());
      content
          .addObject()
          .putObject("reasoningContent")
          .putObject("reasoningText")
          .put("text", thoughts)
          .put("signature", Thoughts.signature(thoughts));
    }
    if (!reply.text().isEmpty()) {
      content.addObject().put("text", reply.wholeText());
    }
    for (ToolCall call : reply.calls()) {
      content
          .addObject()
          .putObject("toolUse")
          .put("toolUseId", sequence.next("tooluse_"))
          .put("name", call.name())
          .set("input", call.arguments());
    }
    body.put("stopReason", reason).set("usage", usage(reply.outputTokens()));
    return body;
  }

  private ObjectNode usage(int output) {
    return JSON.objectNode()
        .put("inputTokens", inputTokens)
        .put("outputTokens", output)
        .put("totalTokens", inputTokens + output)
        .put("cacheReadInputTokens", 0)
        .put("cacheWriteInputTokens", 0);
  }

  List<ServerEvent> events(Reply reply, String reason) {
    List<ServerEvent> events = new ArrayList<>();
    add("messageStart", JSON.objectNode().put("role", "assistant"), Part.OPENING, 0, events);
    int block = 0;
    if (!reply.thoughts().isEmpty()) {
      for (String token : reply.thoughts()) {
        delta(block, thought("text", token), 1, events);
      }
      String signature = Thoughts.signature(String.join("", reply.thoughts()));
      delta(block, thought("signature", signature), 0, events);
      add("contentBlockStop", at(block++), Part.CONTENT, 0, events);
    }
    if (!reply.text().isEmpty()) {
      for (String token : reply.text()) {
        delta(block, JSON.objectNode().put("text", token), 1, events);
      }
      add("contentBlockStop", at(block++), Part.CONTENT, 0, events);
    }
    for (ToolCall call : reply.calls()) {
      call(block++, call, events);
    }
    add("messageStop", JSON.objectNode().put("stopReason", reason), Part.FINISH, 0, events);
    ObjectNode metadata = JSON.objectNode();
    metadata.putObject("metrics").put("latencyMs", 1);
    metadata.set("usage", usage(reply.outputTokens()));
    add("metadata", metadata, Part.TERMINAL, 0, events);
    return events;
  }

  private void call(int block, ToolCall call, List<ServerEvent> events) {
    ObjectNode start = at(block);
    start
        .putObject("start")
        .putObject("toolUse")
        .put("toolUseId", sequence.next("tooluse_"))
        .put("name", call.name());
    add("contentBlockStart", start, Part.CONTENT, 0, events);
    String arguments = call.arguments().toString();
    int half = arguments.length() / 2;
    for (String piece : List.of(arguments.substring(0, half), arguments.substring(half))) {
      ObjectNode delta = JSON.objectNode();
      delta.putObject("toolUse").put("input", piece);
      delta(block, delta, 1, events);
    }
    add("contentBlockStop", at(block), Part.CONTENT, 0, events);
  }

  private static ObjectNode thought(String name, String value) {
    ObjectNode delta = JSON.objectNode();
    delta.putObject("reasoningContent").put(name, value);
    return delta;
  }

  private static ObjectNode at(int block) {
    return JSON.objectNode().put("contentBlockIndex", block);
  }

  private static void delta(int block, ObjectNode delta, int tokens, List<ServerEvent> events) {
    ObjectNode event = at(block);
    event.set("delta", delta);
    add("contentBlockDelta", event, Part.CONTENT, tokens, events);
  }

  /** Padded, so that nobody who counts bytes knows how long words are. */
  private static void add(
      String name, ObjectNode data, Part part, int tokens, List<ServerEvent> events) {
    data.put("p", PADDING.substring(0, 1 + events.size() * 7 % PADDING.length()));
    events.add(new ServerEvent(name, data.toString(), part, tokens));
  }

  /** Why the answer ended. A refusal is what is said, and nothing else. */
  static String reason(Reply reply) {
    return switch (reply.end()) {
      case DONE, REFUSED -> "end_turn";
      case STOP_SEQUENCE -> "stop_sequence";
      case LENGTH -> "max_tokens";
      case FILTERED -> "content_filtered";
      case CALLS -> "tool_use";
    };
  }
}
