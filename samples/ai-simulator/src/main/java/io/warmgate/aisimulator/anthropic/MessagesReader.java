package io.warmgate.aisimulator.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.answer.Form;
import io.warmgate.aisimulator.answer.Picture;
import io.warmgate.aisimulator.answer.Question;
import io.warmgate.aisimulator.answer.Tool;
import io.warmgate.aisimulator.answer.Tools;
import io.warmgate.aisimulator.answer.Tools.Choice;
import io.warmgate.aisimulator.answer.Transcript;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a request whose shape is right. */
final class MessagesReader {
  private final Transcript transcript = new Transcript();

  private MessagesReader() {}

  static Question read(JsonNode request) throws Fault {
    return new MessagesReader().question(request);
  }

  private Question question(JsonNode request) throws Fault {
    Tools tools = tools(request);
    tools.offered().forEach(transcript::tool);
    if (!text(request.path("system")).isEmpty()) {
      transcript.system(text(request.path("system")));
    }
    JsonNode messages = request.path("messages");
    for (int i = 0; i < messages.size(); i++) {
      message(messages.get(i), FieldPath.ROOT.field("messages").index(i).field("content"));
    }
    var stops = new ArrayList<String>();
    request.path("stop_sequences").forEach(stop -> stops.add(stop.asText()));
    JsonNode format = request.path("output_config").path("format");
    return new Question(
        transcript,
        tools,
        format.isObject() ? new Form.JsonBySchema(format.path("schema")) : new Form.Prose(),
        OptionalInt.of(request.path("max_tokens").asInt()),
        stops,
        request.path("thinking").path("type").asText().equals("enabled"));
  }

  private void message(JsonNode message, FieldPath at) throws Fault {
    JsonNode content = message.path("content");
    if (message.path("role").asText().equals("system")) {
      transcript.system(text(content));
      return;
    }
    boolean user = message.path("role").asText().equals("user");
    if (user && saysSomething(content)) {
      transcript.userTurn();
    }
    if (content.isTextual()) {
      said(user, content.asText());
    }
    for (int i = 0; i < content.size(); i++) {
      block(user, content.get(i), at.index(i));
    }
  }

  /** A message of results alone is not a turn of the user's. */
  private static boolean saysSomething(JsonNode content) {
    if (content.isTextual()) {
      return true;
    }
    for (JsonNode block : content) {
      if (!block.path("type").asText().equals("tool_result")) {
        return true;
      }
    }
    return false;
  }

  private void said(boolean user, String text) {
    if (user) {
      transcript.user(text);
    } else {
      transcript.assistant(text);
    }
  }

  private void block(boolean user, JsonNode block, FieldPath at) throws Fault {
    switch (block.path("type").asText()) {
      case "text" -> said(user, block.path("text").asText());
      case "image" -> image(block.path("source"), at.field("source"));
      case "tool_use" -> transcript.call(block.path("name").asText(), block.path("input"));
      case "tool_result" -> transcript.result(text(block.path("content")));
      default -> Signature.check(block, at);
    }
  }

  private void image(JsonNode source, FieldPath at) throws Fault {
    if (source.path("type").asText().equals("url")) {
      transcript.imageNamed(source.path("url").asText());
      return;
    }
    Optional<byte[]> bytes =
        Picture.decode(source.path("media_type").asText(), source.path("data").asText());
    if (bytes.isEmpty()) {
      throw Fault.rule(at.field("base64"), "Image does not match the provided media type");
    }
    transcript.image(bytes.get());
  }

  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    var texts = new ArrayList<String>();
    content.forEach(block -> texts.add(block.path("text").asText()));
    return String.join("\n", texts);
  }

  private static Tools tools(JsonNode request) throws Fault {
    if (request.path("tools").isEmpty()) {
      return Tools.NONE;
    }
    var offered = new ArrayList<Tool>();
    for (JsonNode tool : request.path("tools")) {
      offered.add(new Tool(tool.path("name").asText(), tool.path("input_schema")));
    }
    JsonNode choice = request.path("tool_choice");
    String name = choice.path("name").asText();
    if (!name.isEmpty() && offered.stream().noneMatch(tool -> tool.name().equals(name))) {
      throw Fault.rule(
          FieldPath.ROOT.field("tool_choice").field("name"),
          "Tool '%s' not found in provided tools".formatted(name));
    }
    Choice read =
        switch (choice.path("type").asText()) {
          case "any" -> new Choice.Some();
          case "tool" -> new Choice.Named(name);
          case "none" -> new Choice.Never();
          default -> new Choice.Auto();
        };
    return new Tools(offered, read, !choice.path("disable_parallel_tool_use").asBoolean());
  }
}
