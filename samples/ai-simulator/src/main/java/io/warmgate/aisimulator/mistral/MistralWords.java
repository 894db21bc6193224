package io.warmgate.aisimulator.mistral;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.answer.Tokens;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.exchange.ServerEvent.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mistral's words in OpenAI's, and back. */
final class MistralWords {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int ID = 9;

  private MistralWords() {}

  /** A question, always for a whole answer: streams are made of it here. */
  static ObjectNode toOpenAi(ObjectNode request) {
    ObjectNode asked = request.deepCopy();
    asked.remove(List.of("stream", "random_seed", "safe_prompt", "reasoning_effort"));
    if (request.has("random_seed")) {
      asked.set("seed", request.path("random_seed"));
    }
    if (request.path("tool_choice").asText().equals("any")) {
      asked.put("tool_choice", "required");
    }
    for (JsonNode message : asked.path("messages")) {
      ObjectNode written = (ObjectNode) message;
      written.remove(List.of("prefix"));
      if (written.path("role").asText().equals("tool")) {
        written.remove("name");
      }
      for (JsonNode call : written.path("tool_calls")) {
        ((ObjectNode) call).put("type", "function").remove("index");
      }
      if (written.path("content").isArray() && written.path("role").asText().equals("assistant")) {
        written.set("content", said(written.path("content")));
      }
    }
    return asked;
  }

  /** Without thoughts. */
  private static ArrayNode said(JsonNode content) {
    ArrayNode said = JSON.arrayNode();
    content.forEach(
        chunk -> {
          if (chunk.has("text")) {
            said.add(chunk);
          }
        });
    return said.isEmpty() ? said.add(JSON.objectNode().put("type", "text").put("text", "")) : said;
  }

  /**
   * An answer.
   *
   * @param error where a stream fails
   */
  static Answer fromOpenAi(Answer.Whole whole, boolean stream, ServerEvent error) {
    ObjectNode body = whole.body().deepCopy();
    body.remove(List.of("service_tier", "system_fingerprint"));
    ((ObjectNode) body.path("usage"))
        .remove(List.of("prompt_tokens_details", "completion_tokens_details"));
    ObjectNode choice = (ObjectNode) body.path("choices").get(0);
    choice.remove("logprobs");
    if (choice.path("finish_reason").asText().equals("content_filter")) {
      choice.put("finish_reason", "error");
    }
    ObjectNode message = (ObjectNode) choice.path("message");
    if (message.hasNonNull("refusal")) {
      message.set("content", message.path("refusal"));
    }
    message.remove(List.of("refusal", "annotations"));
    if (message.path("content").isNull()) {
      message.put("content", "");
    }
    for (JsonNode call : message.path("tool_calls")) {
      String id = call.path("id").asText();
      ((ObjectNode) call).put("id", id.substring(id.length() - ID)).remove("type");
    }
    return stream
        ? new Answer.Streamed(whole.headers(), events(body, choice), error, whole.by())
        : new Answer.Whole(whole.status(), whole.headers(), body, whole.by());
  }

  /** A chunk a token; calls are whole, and the last chunk has reason and usage. */
  private static List<ServerEvent> events(ObjectNode body, JsonNode choice) {
    var events = new ArrayList<ServerEvent>();
    ObjectNode role = JSON.objectNode().put("role", "assistant").put("content", "");
    events.add(chunk(body, role, null, Part.OPENING));
    JsonNode message = choice.path("message");
    for (String token : Tokens.of(message.path("content").asText())) {
      events.add(chunk(body, JSON.objectNode().put("content", token), null, Part.CONTENT));
    }
    ObjectNode last = JSON.objectNode().put("content", "");
    if (message.has("tool_calls")) {
      ArrayNode calls = last.putArray("tool_calls");
      for (JsonNode call : message.path("tool_calls")) {
        calls.add(call.<ObjectNode>deepCopy().put("index", calls.size()));
      }
    }
    events.add(chunk(body, last, choice.path("finish_reason"), Part.FINISH));
    events.add(new ServerEvent("", "[DONE]", Part.TERMINAL, 0));
    return events;
  }

  private static ServerEvent chunk(
      ObjectNode body, ObjectNode delta, @Nullable JsonNode reason, Part part) {
    ObjectNode chunk = JSON.objectNode();
    chunk.set("id", body.path("id"));
    chunk.put("object", "chat.completion.chunk").set("created", body.path("created"));
    chunk.set("model", body.path("model"));
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.set("finish_reason", reason);
    if (reason != null) {
      chunk.set("usage", body.path("usage"));
    }
    return new ServerEvent("", chunk.toString(), part, part == Part.CONTENT ? 1 : 0);
  }
}
