package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.answer.Form;
import io.warmgate.aisimulator.answer.Picture;
import io.warmgate.aisimulator.answer.Question;
import io.warmgate.aisimulator.answer.Tool;
import io.warmgate.aisimulator.answer.Tools;
import io.warmgate.aisimulator.answer.Transcript;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a chat request whose shape is right. */
final class ChatReader {
  private final Transcript transcript = new Transcript();

  private ChatReader() {}

  static Question read(JsonNode request) throws Fault {
    return new ChatReader().question(request);
  }

  private Question question(JsonNode request) throws Fault {
    Tools tools = tools(request);
    tools.offered().forEach(transcript::tool);
    JsonNode messages = request.path("messages");
    for (int i = 0; i < messages.size(); i++) {
      message(messages.get(i), FieldPath.ROOT.field("messages").index(i));
    }
    return new Question(
        transcript,
        tools,
        form(request.path("response_format")),
        max(request),
        stops(request),
        false);
  }

  private void message(JsonNode message, FieldPath at) throws Fault {
    JsonNode content = message.path("content");
    switch (message.path("role").asText()) {
      case "system", "developer" -> transcript.system(text(content));
      case "user" -> {
        transcript.userTurn();
        user(content, at.field("content"));
      }
      case "assistant" -> {
        if (message.hasNonNull("content")) {
          transcript.assistant(text(content));
        }
        if (message.hasNonNull("refusal")) {
          transcript.assistant(message.path("refusal").asText());
        }
        JsonNode calls = message.path("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
          FieldPath place = at.field("tool_calls").index(i).field("function").field("arguments");
          JsonNode function = calls.get(i).path("function");
          transcript.call(
              function.path("name").asText(),
              Arguments.read(function.path("arguments").asText(), place));
        }
      }
      default -> transcript.result(text(content));
    }
  }

  private void user(JsonNode content, FieldPath at) throws Fault {
    if (content.isTextual()) {
      transcript.user(content.asText());
    }
    for (int i = 0; i < content.size(); i++) {
      JsonNode part = content.get(i);
      if (part.path("type").asText().equals("text")) {
        transcript.user(part.path("text").asText());
      } else {
        image(
            transcript,
            part.path("image_url").path("url").asText(),
            at.index(i).field("image_url").field("url"));
      }
    }
  }

  /** A picture by its URL: of {@code data:} the bytes count, others are not fetched. */
  static void image(Transcript transcript, String url, FieldPath at) throws Fault {
    if (!url.startsWith("data:")) {
      transcript.imageNamed(url);
      return;
    }
    Optional<byte[]> bytes = Picture.ofDataUrl(url);
    if (bytes.isEmpty()) {
      throw Fault.rule(
          at,
          "You uploaded an unsupported image: it must be a base64 data URL of a png, jpeg, gif or"
              + " webp that its media type names.");
    }
    transcript.image(bytes.get());
  }

  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    var texts = new ArrayList<String>();
    for (JsonNode part : content) {
      texts.add(part.path("text").asText(part.path("refusal").asText()));
    }
    return String.join("\n", texts);
  }

  private static Tools tools(JsonNode request) throws Fault {
    if (!request.has("tools")) {
      return Tools.NONE;
    }
    var offered = new ArrayList<Tool>();
    for (JsonNode tool : request.path("tools")) {
      JsonNode function = tool.path("function");
      offered.add(new Tool(function.path("name").asText(), function.path("parameters")));
    }
    JsonNode choice = request.path("tool_choice");
    return Choices.tools(
        offered,
        choice.isTextual() ? choice.asText() : "",
        choice.path("function").path("name").asText(),
        request.path("parallel_tool_calls").asBoolean(true)
            ? Choices.Calls.PARALLEL
            : Choices.Calls.ONE);
  }

  private static Form form(JsonNode format) {
    return switch (format.path("type").asText()) {
      case "json_object" -> new Form.JsonObject();
      case "json_schema" -> new Form.JsonBySchema(format.path("json_schema").path("schema"));
      default -> new Form.Prose();
    };
  }

  private static OptionalInt max(JsonNode request) {
    for (String field : new String[] {"max_completion_tokens", "max_tokens"}) {
      if (request.hasNonNull(field)) {
        return OptionalInt.of(request.path(field).asInt());
      }
    }
    return OptionalInt.empty();
  }

  private static List<String> stops(JsonNode request) {
    JsonNode stop = request.path("stop");
    if (stop.isTextual()) {
      return List.of(stop.asText());
    }
    var stops = new ArrayList<String>();
    stop.forEach(one -> stops.add(one.asText()));
    return stops;
  }
}
