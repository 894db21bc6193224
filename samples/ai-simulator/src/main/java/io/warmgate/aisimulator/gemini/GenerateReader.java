package io.warmgate.aisimulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads a request whose shape is right. */
final class GenerateReader {
  private final Transcript transcript = new Transcript();

  private GenerateReader() {}

  static Question read(JsonNode request) throws Fault {
    return new GenerateReader().question(request);
  }

  private Question question(JsonNode request) throws Fault {
    Tools tools = tools(request);
    tools.offered().forEach(transcript::tool);
    String system = text(request.path("systemInstruction").path("parts"));
    if (!system.isEmpty()) {
      transcript.system(system);
    }
    JsonNode contents = request.path("contents");
    for (int i = 0; i < contents.size(); i++) {
      content(contents.get(i), FieldPath.ROOT.field("contents").index(i));
    }
    JsonNode generation = request.path("generationConfig");
    var stops = new ArrayList<String>();
    generation.path("stopSequences").forEach(stop -> stops.add(stop.asText()));
    return new Question(
        transcript,
        tools,
        form(generation),
        generation.has("maxOutputTokens")
            ? OptionalInt.of(generation.path("maxOutputTokens").asInt())
            : OptionalInt.empty(),
        stops,
        generation.path("thinkingConfig").path("includeThoughts").asBoolean());
  }

  private static Form form(JsonNode generation) {
    if (generation.has("responseJsonSchema")) {
      return new Form.JsonBySchema(generation.path("responseJsonSchema"));
    }
    return generation.path("responseMimeType").asText().equals("application/json")
        ? new Form.JsonObject()
        : new Form.Prose();
  }

  private void content(JsonNode content, FieldPath at) throws Fault {
    boolean model = content.path("role").asText().equals("model");
    JsonNode parts = content.path("parts");
    boolean results = parts.get(0).has("functionResponse");
    if (!model && !results) {
      transcript.userTurn();
    }
    for (JsonNode part : parts) {
      if (part.has("functionCall")) {
        JsonNode call = part.path("functionCall");
        JsonNode args =
            call.has("args") ? call.path("args") : JsonNodeFactory.instance.objectNode();
        transcript.call(call.path("name").asText(), args);
      } else if (part.has("functionResponse")) {
        JsonNode response = part.path("functionResponse").path("response");
        JsonNode said = response.has("output") ? response.path("output") : response.path("error");
        transcript.result(said.isTextual() ? said.asText() : response.toString());
      } else if (part.has("text")) {
        said(part, model);
      } else {
        picture(part, at);
      }
    }
  }

  private void said(JsonNode part, boolean model) {
    String text = part.path("text").asText();
    if (!model) {
      transcript.user(text);
    } else if (!part.path("thought").asBoolean()) {
      transcript.assistant(text);
    }
  }

  private void picture(JsonNode part, FieldPath at) throws Fault {
    if (part.has("fileData")) {
      transcript.imageNamed(part.path("fileData").path("fileUri").asText());
      return;
    }
    JsonNode data = part.path("inlineData");
    transcript.image(
        Picture.decode(data.path("mimeType").asText(), data.path("data").asText())
            .orElseThrow(() -> Fault.rule(at, "Unable to process input image")));
  }

  private static String text(JsonNode parts) {
    return StreamSupport.stream(parts.spliterator(), false)
        .map(part -> part.path("text").asText())
        .collect(Collectors.joining("\n"));
  }

  private static Tools tools(JsonNode request) throws Fault {
    if (!request.has("tools")) {
      return Tools.NONE;
    }
    var offered = new ArrayList<Tool>();
    for (JsonNode tool : request.path("tools")) {
      for (JsonNode function : tool.path("functionDeclarations")) {
        JsonNode schema = function.path("parametersJsonSchema");
        offered.add(
            new Tool(
                function.path("name").asText(),
                schema.isMissingNode() ? JsonNodeFactory.instance.objectNode() : schema));
      }
    }
    JsonNode calling = request.path("toolConfig").path("functionCallingConfig");
    return new Tools(offered, choice(calling, offered), true);
  }

  private static Tools.Choice choice(JsonNode calling, List<Tool> offered) throws Fault {
    JsonNode allowed = calling.path("allowedFunctionNames");
    for (JsonNode name : allowed) {
      if (offered.stream().noneMatch(tool -> tool.name().equals(name.asText()))) {
        throw Fault.rule(
            FieldPath.ROOT.field("toolConfig"), "allowed function is not declared: " + name);
      }
    }
    return switch (calling.path("mode").asText()) {
      case "NONE" -> new Tools.Choice.Never();
      case "ANY" ->
          allowed.size() == 1
              ? new Tools.Choice.Named(allowed.get(0).asText())
              : new Tools.Choice.Some();
      default -> new Tools.Choice.Auto();
    };
  }
}
