package io.warmgate.aisimulator.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads a request whose shape is right. */
final class ConverseReader {
  private static final JsonMapper JSON = new JsonMapper();

  /** With which models think before they answer. */
  private static final Set<String> THINKING = Set.of("xhigh", "max");

  private final Transcript transcript = new Transcript();

  private ConverseReader() {}

  static Question read(JsonNode request) throws Fault {
    return new ConverseReader().question(request);
  }

  private Question question(JsonNode request) throws Fault {
    Tools tools = tools(request.path("toolConfig"));
    tools.offered().forEach(transcript::tool);
    if (request.has("system")) {
      transcript.system(texts(request.path("system")));
    }
    JsonNode messages = request.path("messages");
    for (int i = 0; i < messages.size(); i++) {
      message(messages.get(i), FieldPath.ROOT.field("messages").index(i));
    }
    JsonNode inference = request.path("inferenceConfig");
    List<String> stops = new ArrayList<>();
    inference.path("stopSequences").forEach(stop -> stops.add(stop.asText()));
    JsonNode output = request.path("outputConfig");
    return new Question(
        transcript,
        tools,
        form(output.path("textFormat")),
        inference.has("maxTokens")
            ? OptionalInt.of(inference.path("maxTokens").asInt())
            : OptionalInt.empty(),
        stops,
        THINKING.contains(output.path("effort").asText()));
  }

  private static Form form(JsonNode format) throws Fault {
    if (format.isMissingNode()) {
      return new Form.Prose();
    }
    String schema = format.path("structure").path("jsonSchema").path("schema").asText();
    try {
      return new Form.JsonBySchema(JSON.readTree(schema));
    } catch (JsonProcessingException malformed) {
      throw Fault.rule(FieldPath.ROOT, "The JSON schema is not valid JSON.");
    }
  }

  private void message(JsonNode message, FieldPath at) throws Fault {
    boolean user = message.path("role").asText().equals("user");
    JsonNode content = message.path("content");
    if (user && !content.get(0).has("toolResult")) {
      transcript.userTurn();
    }
    for (JsonNode block : content) {
      if (block.has("text") && user) {
        transcript.user(block.path("text").asText());
      } else if (block.has("text")) {
        transcript.assistant(block.path("text").asText());
      } else if (block.has("image")) {
        picture(block.path("image"), at);
      } else if (block.has("toolUse")) {
        JsonNode call = block.path("toolUse");
        transcript.call(call.path("name").asText(), call.path("input"));
      } else if (block.has("toolResult")) {
        result(block.path("toolResult"), at);
      }
    }
  }

  private void result(JsonNode result, FieldPath at) throws Fault {
    String failed = result.path("status").asText().equals("error") ? "failed: " : "";
    transcript.result(failed + texts(result.path("content")));
    for (JsonNode block : result.path("content")) {
      if (block.has("image")) {
        picture(block.path("image"), at);
      }
    }
  }

  private void picture(JsonNode image, FieldPath at) throws Fault {
    String type = "image/" + image.path("format").asText();
    transcript.image(
        Picture.decode(type, image.path("source").path("bytes").asText())
            .orElseThrow(
                () ->
                    Fault.rule(
                        at, "The model returned the following errors: Could not process image")));
  }

  private static String texts(JsonNode blocks) {
    return StreamSupport.stream(blocks.spliterator(), false)
        .filter(block -> block.has("text"))
        .map(block -> block.path("text").asText())
        .collect(Collectors.joining("\n"));
  }

  private static Tools tools(JsonNode config) {
    if (config.isMissingNode()) {
      return Tools.NONE;
    }
    List<Tool> offered = new ArrayList<>();
    for (JsonNode tool : config.path("tools")) {
      JsonNode spec = tool.path("toolSpec");
      offered.add(new Tool(spec.path("name").asText(), spec.path("inputSchema").path("json")));
    }
    JsonNode choice = config.path("toolChoice");
    Tools.Choice chosen =
        choice.has("any")
            ? new Tools.Choice.Some()
            : choice.has("tool")
                ? new Tools.Choice.Named(choice.path("tool").path("name").asText())
                : new Tools.Choice.Auto();
    return new Tools(offered, chosen, true);
  }
}
