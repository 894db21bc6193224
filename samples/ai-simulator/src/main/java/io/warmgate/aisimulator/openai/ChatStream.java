package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.answer.Tokens;
import io.warmgate.aisimulator.answer.ToolCall;
import io.warmgate.aisimulator.exchange.Sequence;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.exchange.ServerEvent.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a streamed chat answer: role, then one chunk a token, then the reason, for each choice;
 * then the usage where it is wanted (all other chunks have {@code usage: null} then), and {@code
 * [DONE]}.
 */
final class ChatStream {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final JsonNode request;
  private final ChatHead head;
  private final ObjectNode usage;
  private final boolean withUsage;
  private final boolean padded;
  private final List<ServerEvent> events = new ArrayList<>();

  ChatStream(JsonNode request, ChatHead head, ObjectNode usage) {
    this.request = request;
    this.head = head;
    this.usage = usage;
    this.withUsage = request.path("stream_options").path("include_usage").asBoolean();
    this.padded = request.path("stream_options").path("include_obfuscation").asBoolean(true);
  }

  List<ServerEvent> events(List<Reply> replies, Sequence sequence) {
    for (int i = 0; i < replies.size(); i++) {
      choice(i, replies.get(i), sequence);
    }
    if (withUsage) {
      ObjectNode last = head.object("chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", usage);
      events.add(new ServerEvent("", last.toString(), Part.CONTENT, 0));
    }
    events.add(new ServerEvent("", "[DONE]", Part.TERMINAL, 0));
    return events;
  }

  private void choice(int index, Reply reply, Sequence sequence) {
    ObjectNode role = delta().put("role", "assistant");
    role.put("content", reply.calls().isEmpty() ? "" : null).putNull("refusal");
    chunk(index, role, Part.OPENING, 0);
    String field = reply.end() == Reply.End.REFUSED ? "refusal" : "content";
    for (String token : reply.text()) {
      chunk(index, delta().put(field, token), Part.CONTENT, 1);
    }
    for (int i = 0; i < reply.calls().size(); i++) {
      call(index, i, reply.calls().get(i), sequence.next("call_"));
    }
    ObjectNode chunk = head.object("chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
    choice.set("delta", delta());
    choice.putNull("logprobs");
    choice.put("finish_reason", ChatBody.finishReason(reply));
    add(chunk, Part.FINISH, 0);
  }

  /** Id and name come once, with the first piece; then the arguments, a token at a time. */
  private void call(int index, int place, ToolCall call, String id) {
    ObjectNode first = delta();
    first
        .putArray("tool_calls")
        .addObject()
        .put("index", place)
        .put("id", id)
        .put("type", "function")
        .putObject("function")
        .put("name", call.name())
        .put("arguments", "");
    chunk(index, first, Part.CONTENT, 1);
    for (String token : Tokens.of(call.arguments().toString())) {
      ObjectNode more = delta();
      more.putArray("tool_calls")
          .addObject()
          .put("index", place)
          .putObject("function")
          .put("arguments", token);
      chunk(index, more, Part.CONTENT, 1);
    }
  }

  private static ObjectNode delta() {
    return JSON.objectNode();
  }

  private void chunk(int index, ObjectNode delta, Part part, int tokens) {
    ObjectNode chunk = head.object("chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
    choice.set("delta", delta);
    boolean measured = request.path("logprobs").asBoolean() && delta.hasNonNull("content");
    choice.set(
        "logprobs",
        measured && part == Part.CONTENT
            ? Logprobs.of(
                List.of(delta.path("content").asText()), request.path("top_logprobs").asInt(0))
            : JSON.nullNode());
    choice.putNull("finish_reason");
    add(chunk, part, tokens);
  }

  private void add(ObjectNode chunk, Part part, int tokens) {
    if (withUsage) {
      chunk.putNull("usage");
    }
    if (padded) {
      chunk.put("obfuscation", Padding.after(chunk.path("choices").toString()));
    }
    events.add(new ServerEvent("", chunk.toString(), part, tokens));
  }
}
