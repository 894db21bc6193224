package io.warmgate.aisimulator.anthropic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.answer.Tokens;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.exchange.ServerEvent.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a streamed message: {@code message_start}, {@code ping}, each block by its start, one
 * delta a token and its stop, then {@code message_delta} with the reason and all usage, {@code
 * message_stop}.
 */
final class MessageStream {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final MessageBody body;
  private final List<ServerEvent> events = new ArrayList<>();

  MessageStream(MessageBody body) {
    this.body = body;
  }

  List<ServerEvent> events(Reply reply) {
    ObjectNode start = event("message_start");
    start.set("message", body.opening());
    add(start, Part.OPENING, 0);
    add(event("ping"), Part.OPENING, 0);
    List<ObjectNode> blocks = body.blocks(reply);
    for (int i = 0; i < blocks.size(); i++) {
      block(i, blocks.get(i));
    }
    ObjectNode end = event("message_delta");
    end.putObject("delta")
        .put("stop_reason", MessageBody.reason(reply))
        .put("stop_sequence", MessageBody.stop(reply));
    end.set("usage", body.usage(reply.outputTokens()));
    add(end, Part.FINISH, 0);
    add(event("message_stop"), Part.TERMINAL, 0);
    return events;
  }

  private void block(int index, ObjectNode block) {
    ObjectNode start = event("content_block_start").put("index", index);
    switch (block.path("type").asText()) {
      case "thinking" -> {
        start.set("content_block", block.deepCopy().put("thinking", "").put("signature", ""));
        add(start, Part.CONTENT, 0);
        deltas(index, "thinking_delta", "thinking", block.path("thinking").asText());
        delta(index, "signature_delta", "signature", block.path("signature").asText(), 0);
      }
      case "tool_use" -> {
        ObjectNode empty = block.deepCopy();
        empty.putObject("input");
        start.set("content_block", empty);
        add(start, Part.CONTENT, 1);
        delta(index, "input_json_delta", "partial_json", "", 0);
        deltas(index, "input_json_delta", "partial_json", block.path("input").toString());
      }
      default -> {
        start.set("content_block", block.deepCopy().put("text", ""));
        add(start, Part.CONTENT, 0);
        deltas(index, "text_delta", "text", block.path("text").asText());
      }
    }
    add(event("content_block_stop").put("index", index), Part.CONTENT, 0);
  }

  private void deltas(int index, String type, String field, String text) {
    Tokens.of(text).forEach(token -> delta(index, type, field, token, 1));
  }

  private void delta(int index, String type, String field, String value, int tokens) {
    ObjectNode delta = event("content_block_delta").put("index", index);
    delta.putObject("delta").put("type", type).put(field, value);
    add(delta, Part.CONTENT, tokens);
  }

  private static ObjectNode event(String type) {
    return JSON.objectNode().put("type", type);
  }

  private void add(ObjectNode event, Part part, int tokens) {
    events.add(new ServerEvent(event.path("type").asText(), event.toString(), part, tokens));
  }
}
