package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Reply;
import io.warmgate.aisimulator.answer.ToolCall;
import io.warmgate.aisimulator.exchange.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a response.
 *
 * @param request whose settings are said again
 * @param created in seconds since 1970
 * @param sequence where ids of items come from
 */
record ResponseBody(JsonNode request, String id, long created, Sequence sequence) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The whole response. */
  ObjectNode whole(Reply reply, List<ObjectNode> items, int inputTokens) {
    ObjectNode body = head(status(reply));
    if (!status(reply).equals("completed")) {
      body.putObject("incomplete_details")
          .put("reason", reply.end() == Reply.End.LENGTH ? "max_output_tokens" : "content_filter");
    }
    body.putArray("output").addAll(items);
    ObjectNode usage = body.putObject("usage").put("input_tokens", inputTokens);
    usage.putObject("input_tokens_details").put("cached_tokens", 0).put("cache_write_tokens", 0);
    usage.put("output_tokens", reply.outputTokens());
    usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
    usage.put("total_tokens", inputTokens + reply.outputTokens());
    return body;
  }

  /** A response that has no output yet. */
  ObjectNode head(String status) {
    ObjectNode body =
        JSON.objectNode()
            .put("id", id)
            .put("object", "response")
            .put("created_at", created)
            .put("status", status)
            .put("background", false)
            .putNull("error")
            .putNull("incomplete_details")
            .put("model", request.path("model").asText());
    body.putArray("output");
    body.putNull("usage");
    Settings.echo(request, body);
    return body;
  }

  private static String status(Reply reply) {
    return switch (reply.end()) {
      case DONE, STOP_SEQUENCE, REFUSED, CALLS -> "completed";
      case LENGTH, FILTERED -> "incomplete";
    };
  }

  /** What the response brings: a message, or calls. */
  List<ObjectNode> items(Reply reply) {
    var items = new ArrayList<ObjectNode>();
    if (reply.calls().isEmpty()) {
      ObjectNode message =
          JSON.objectNode()
              .put("id", sequence.next("msg_"))
              .put("type", "message")
              .put("status", status(reply))
              .put("role", "assistant");
      message.putArray("content").add(part(reply));
      items.add(message);
    }
    for (ToolCall call : reply.calls()) {
      items.add(
          JSON.objectNode()
              .put("id", sequence.next("fc_"))
              .put("type", "function_call")
              .put("status", "completed")
              .put("call_id", sequence.next("call_"))
              .put("name", call.name())
              .put("arguments", call.arguments().toString()));
    }
    return items;
  }

  private ObjectNode part(Reply reply) {
    if (reply.end() == Reply.End.REFUSED) {
      return JSON.objectNode().put("type", "refusal").put("refusal", reply.wholeText());
    }
    ObjectNode part = JSON.objectNode().put("type", "output_text").put("text", reply.wholeText());
    part.putArray("annotations");
    part.set("logprobs", logprobs(reply.text()));
    return part;
  }

  /** Of these tokens, where they are wanted; else an empty array. */
  ArrayNode logprobs(List<String> tokens) {
    for (JsonNode wanted : request.path("include")) {
      if (wanted.asText().equals("message.output_text.logprobs")) {
        return (ArrayNode)
            Logprobs.of(tokens, request.path("top_logprobs").asInt(0)).path("content");
      }
    }
    return JSON.arrayNode();
  }

  /** The request's settings, which a response repeats, with their defaults. */
  private static final class Settings {
    private static final Map<String, JsonNode> DEFAULTS =
        Map.of(
            "parallel_tool_calls", JSON.booleanNode(true),
            "temperature", JSON.numberNode(1.0),
            "top_p", JSON.numberNode(1.0),
            "tool_choice", JSON.textNode("auto"),
            "truncation", JSON.textNode("disabled"),
            "store", JSON.booleanNode(true),
            "metadata", JSON.objectNode());

    static void echo(JsonNode request, ObjectNode body) {
      DEFAULTS.forEach(
          (name, value) -> body.set(name, request.hasNonNull(name) ? request.path(name) : value));
      for (String name : new String[] {"instructions", "max_output_tokens", "user"}) {
        body.set(name, request.hasNonNull(name) ? request.path(name) : JSON.nullNode());
      }
      body.putNull("previous_response_id").put("service_tier", "default");
      ArrayNode tools = body.putArray("tools");
      for (JsonNode tool : request.path("tools")) {
        ObjectNode echoed = tools.addObject().put("strict", true).putNull("parameters");
        echoed.setAll((ObjectNode) tool.deepCopy());
      }
      JsonNode format = request.path("text").path("format");
      body.putObject("text")
          .set("format", format.isObject() ? format : JSON.objectNode().put("type", "text"));
    }
  }
}
