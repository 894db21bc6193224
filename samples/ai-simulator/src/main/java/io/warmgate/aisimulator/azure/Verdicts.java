package io.warmgate.aisimulator.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.ServerEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What Azure's filters say: of the question beside the whole answer, or in a first chunk without
 * choices, id or model; of the answer in its choices.
 */
final class Verdicts {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> KINDS = List.of("hate", "self_harm", "sexual", "violence");

  private Verdicts() {}

  /** Whether what the user said last begins with {@code block}: then no model is asked. */
  static boolean isBlocked(JsonNode request) {
    String said = "";
    for (JsonNode message : request.path("messages")) {
      if (message.path("role").asText().equals("user")) {
        JsonNode content = message.path("content");
        said = content.isTextual() ? content.asText() : content.path(0).path("text").asText();
      }
    }
    return said.strip().startsWith("block ");
  }

  /** The answer with them. */
  static Answer on(Answer answer) {
    return switch (answer) {
      case Answer.Whole whole -> {
        ObjectNode body = whole.body().deepCopy();
        if (body.has("choices")) {
          body.path("choices").forEach(Verdicts::choice);
          question(body);
        }
        yield new Answer.Whole(whole.status(), whole.headers(), body, whole.by());
      }
      case Answer.Streamed streamed -> {
        var events = new ArrayList<ServerEvent>();
        events.add(first());
        streamed.events().forEach(event -> events.add(on(event)));
        yield new Answer.Streamed(streamed.headers(), events, streamed.error(), streamed.by());
      }
    };
  }

  private static ServerEvent first() {
    ObjectNode chunk = JsonNodeFactory.instance.objectNode();
    chunk.putArray("choices");
    chunk.put("created", 0).put("id", "").put("model", "").put("object", "");
    question(chunk);
    return new ServerEvent("", chunk.toString(), ServerEvent.Part.OPENING, 0);
  }

  private static ServerEvent on(ServerEvent event) {
    if (!event.data().startsWith("{")) {
      return event;
    }
    try {
      JsonNode chunk = JSON.readTree(event.data());
      chunk.path("choices").forEach(Verdicts::choice);
      return new ServerEvent(event.name(), chunk.toString(), event.part(), event.tokens());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a chunk of the simulator's own", impossible);
    }
  }

  private static void question(ObjectNode root) {
    root.putArray("prompt_filter_results")
        .addObject()
        .put("prompt_index", 0)
        .set("content_filter_results", verdict("safe"));
  }

  private static void choice(JsonNode choice) {
    boolean cut = choice.path("finish_reason").asText().equals("content_filter");
    ((ObjectNode) choice).set("content_filter_results", cut ? filtered() : verdict("safe"));
  }

  /** Of what is not let through. */
  static ObjectNode filtered() {
    ObjectNode verdict = verdict("safe");
    verdict.putObject("violence").put("filtered", true).put("severity", "medium");
    return verdict;
  }

  private static ObjectNode verdict(String severity) {
    ObjectNode verdict = JsonNodeFactory.instance.objectNode();
    KINDS.forEach(kind -> verdict.putObject(kind).put("filtered", false).put("severity", severity));
    return verdict;
  }
}
