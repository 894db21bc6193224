package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.answer.Form;
import io.warmgate.aisimulator.answer.Question;
import io.warmgate.aisimulator.answer.Tool;
import io.warmgate.aisimulator.answer.Tools;
import io.warmgate.aisimulator.answer.Transcript;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads a Responses request whose shape is right. */
final class ResponsesReader {
  private final Transcript transcript = new Transcript();

  private ResponsesReader() {}

  static Question read(JsonNode request) throws Fault {
    return new ResponsesReader().question(request);
  }

  private Question question(JsonNode request) throws Fault {
    Tools tools = tools(request);
    tools.offered().forEach(transcript::tool);
    if (request.hasNonNull("instructions")) {
      transcript.system(request.path("instructions").asText());
    }
    JsonNode input = request.path("input");
    if (input.isTextual()) {
      transcript.userTurn();
      transcript.user(input.asText());
    }
    for (int i = 0; i < input.size(); i++) {
      item(input.get(i), FieldPath.ROOT.field("input").index(i));
    }
    OptionalInt max =
        request.hasNonNull("max_output_tokens")
            ? OptionalInt.of(request.path("max_output_tokens").asInt())
            : OptionalInt.empty();
    return new Question(
        transcript, tools, form(request.path("text").path("format")), max, List.of(), false);
  }

  private void item(JsonNode item, FieldPath at) throws Fault {
    switch (item.path("type").asText("message")) {
      case "function_call" ->
          transcript.call(
              item.path("name").asText(),
              Arguments.read(item.path("arguments").asText(), at.field("arguments")));
      case "function_call_output" -> transcript.result(text(item.path("output")));
      default -> message(item, at.field("content"));
    }
  }

  private void message(JsonNode item, FieldPath at) throws Fault {
    JsonNode content = item.path("content");
    switch (item.path("role").asText()) {
      case "assistant" -> transcript.assistant(text(content));
      case "user" -> {
        transcript.userTurn();
        if (content.isTextual()) {
          transcript.user(content.asText());
        }
        for (int i = 0; i < content.size(); i++) {
          JsonNode part = content.get(i);
          if (part.has("text")) {
            transcript.user(part.path("text").asText());
          } else {
            ChatReader.image(
                transcript, part.path("image_url").asText(), at.index(i).field("image_url"));
          }
        }
      }
      default -> transcript.system(text(content));
    }
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
    if (request.path("tools").isEmpty()) {
      return Tools.NONE;
    }
    var offered = new ArrayList<Tool>();
    for (JsonNode tool : request.path("tools")) {
      offered.add(new Tool(tool.path("name").asText(), tool.path("parameters")));
    }
    JsonNode choice = request.path("tool_choice");
    return Choices.tools(
        offered,
        choice.isTextual() ? choice.asText() : "",
        choice.path("name").asText(),
        request.path("parallel_tool_calls").asBoolean(true)
            ? Choices.Calls.PARALLEL
            : Choices.Calls.ONE);
  }

  private static Form form(JsonNode format) {
    return switch (format.path("type").asText()) {
      case "json_object" -> new Form.JsonObject();
      case "json_schema" -> new Form.JsonBySchema(format.path("schema"));
      default -> new Form.Prose();
    };
  }
}
