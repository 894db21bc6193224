package io.warmgate.aisimulator.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.answer.ToolCall;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.exchange.ServerEvent.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an answer, or a stream of them, which has no last event: the one with the reason is it.
 *
 * @param id the response's
 * @param model that answers
 * @param inputTokens of the request
 */
record GeneratedBody(String id, String model, int inputTokens) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The whole answer. */
  ObjectNode whole(Reply reply) {
    ArrayNode parts = JSON.arrayNode();
    if (!reply.thoughts().isEmpty()) {
      parts.addObject().put("text", String.join("", reply.thoughts())).put("thought", true);
    }
    if (!reply.text().isEmpty()) {
      parts.addObject().put("text", reply.wholeText());
    }
    calls(reply).forEach(parts::add);
    ObjectNode body = JSON.objectNode();
    candidate(body, parts).put("finishReason", reason(reply));
    return finish(body, reply.outputTokens() - reply.thoughts().size(), reply.thoughts().size());
  }

  /** What there is in the place of an answer to a question that is not let through. */
  ObjectNode blocked() {
    ObjectNode body = JSON.objectNode();
    body.putObject("promptFeedback").put("blockReason", "PROHIBITED_CONTENT");
    return finish(body, 0, 0);
  }

  List<ServerEvent> events(Reply reply) {
    var events = new ArrayList<ServerEvent>();
    int output = 0;
    for (String token : reply.thoughts()) {
      ObjectNode part = JSON.objectNode().put("text", token).put("thought", true);
      events.add(event(part, ++output, 0));
    }
    int thoughts = output;
    for (String token : reply.text()) {
      events.add(event(JSON.objectNode().put("text", token), ++output - thoughts, thoughts));
    }
    for (ObjectNode call : calls(reply)) {
      events.add(event(call, ++output - thoughts, thoughts));
    }
    ObjectNode last = JSON.objectNode();
    ArrayNode nothing = JSON.arrayNode();
    nothing.addObject().put("text", "");
    candidate(last, nothing).put("finishReason", reason(reply));
    finish(last, reply.outputTokens() - thoughts, thoughts);
    events.add(new ServerEvent("", last.toString(), Part.FINISH, 0));
    return events;
  }

  private ServerEvent event(ObjectNode part, int output, int thoughts) {
    ObjectNode body = JSON.objectNode();
    candidate(body, JSON.arrayNode().add(part));
    return new ServerEvent("", finish(body, output, thoughts).toString(), Part.CONTENT, 1);
  }

  private static ObjectNode candidate(ObjectNode body, ArrayNode parts) {
    ObjectNode candidate = body.putArray("candidates").addObject();
    ObjectNode content = candidate.putObject("content");
    content.set("parts", parts);
    content.put("role", "model");
    return candidate.put("index", 0);
  }

  /** Each call whole; the first of them signed. */
  private List<ObjectNode> calls(Reply reply) {
    var parts = new ArrayList<ObjectNode>();
    for (ToolCall call : reply.calls()) {
      ObjectNode part = JSON.objectNode();
      part.putObject("functionCall")
          .put("id", id + "-" + parts.size())
          .put("name", call.name())
          .set("args", call.arguments());
      if (parts.isEmpty()) {
        part.put("thoughtSignature", Signature.of(call.name(), call.arguments()));
      }
      parts.add(part);
    }
    return parts;
  }

  private ObjectNode finish(ObjectNode body, int output, int thoughts) {
    ObjectNode usage = body.putObject("usageMetadata").put("promptTokenCount", inputTokens);
    if (output > 0) {
      usage.put("candidatesTokenCount", output);
    }
    if (thoughts > 0) {
      usage.put("thoughtsTokenCount", thoughts);
    }
    usage.put("totalTokenCount", inputTokens + output + thoughts);
    return body.put("modelVersion", model).put("responseId", id);
  }

  /** Whether a stop sequence or a call ended it, or it is a refusal: that it says of none. */
  private static String reason(Reply reply) {
    return switch (reply.end()) {
      case DONE, STOP_SEQUENCE, REFUSED, CALLS -> "STOP";
      case LENGTH -> "MAX_TOKENS";
      case FILTERED -> "SAFETY";
    };
  }
}
