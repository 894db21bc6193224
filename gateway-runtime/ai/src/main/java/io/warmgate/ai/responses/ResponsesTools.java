package io.warmgate.ai.responses;

import static io.warmgate.ai.Dialect.OPENAI_RESPONSES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.Extras;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.Tool;
import io.warmgate.ai.chat.ToolChoice;
import io.warmgate.ai.chat.Tooling;
import io.warmgate.ai.json.FieldReader;
import io.warmgate.ai.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code tools}, {@code tool_choice}, {@code parallel_tool_calls}. A function is flat here. Where
 * {@code strict} is not said it is not said to the provider either: OpenAI would make a schema
 * strict where it can, which nobody else does.
 */
final class ResponsesTools {
  private ResponsesTools() {}

  static Tooling read(FieldReader root) {
    List<Tool> tools = new ArrayList<>();
    List<JsonNode> nodes = root.list("tools");
    for (int i = 0; i < nodes.size(); i++) {
      tools.add(tool(nodes.get(i), "tools[" + i + "]"));
    }
    ToolChoice choice = choice(root);
    // Said with no tools it says nothing, and Chat Completions takes it of those alone.
    boolean idle = choice instanceof ToolChoice.Auto || choice instanceof ToolChoice.None;
    ToolChoice kept = tools.isEmpty() && idle ? null : choice;
    return new Tooling(tools, kept, root.truth("parallel_tool_calls"));
  }

  private static Tool tool(JsonNode node, String path) {
    FieldReader tool = FieldReader.of(node, path);
    if (!tool.neededText("type").equals("function")) {
      return new Tool.Native(node, Extras.none(OPENAI_RESPONSES));
    }
    return new Tool.Function(
        tool.neededText("name"),
        tool.text("description"),
        tool.any("parameters"),
        tool.truth("strict"),
        tool.rest(OPENAI_RESPONSES));
  }

  private static @Nullable ToolChoice choice(FieldReader root) {
    JsonNode said = root.peek("tool_choice");
    if (said == null) {
      return null;
    }
    if (said.isTextual()) {
      return switch (root.neededText("tool_choice")) {
        case "auto" -> new ToolChoice.Auto();
        case "none" -> new ToolChoice.None();
        case "required" -> new ToolChoice.Required();
        default ->
            throw new TranslationException("tool_choice", "is none of auto, none and required");
      };
    }
    if (!said.path("type").asText("").equals("function")) {
      // A hosted tool, or allowed_tools: it stays among the extras.
      return null;
    }
    FieldReader choice = root.neededObject("tool_choice");
    choice.any("type");
    return new ToolChoice.Named(choice.neededText("name"));
  }

  /** As a response repeats them. */
  static void repeat(Tooling tooling, ObjectNode root) {
    root.put("parallel_tool_calls", !Boolean.FALSE.equals(tooling.parallel()));
    root.set("tool_choice", node(tooling.choice()));
    ArrayNode tools = root.putArray("tools");
    tooling.tools().forEach(tool -> tools.add(node(tool)));
  }

  private static JsonNode node(Tool tool) {
    return switch (tool) {
      case Tool.Native own -> own.node();
      case Tool.Function function -> {
        ObjectNode node = Json.object().put("type", "function").put("name", function.name());
        node.put("description", function.description());
        node.set("parameters", function.schema());
        yield node.put("strict", Boolean.TRUE.equals(function.strict()));
      }
    };
  }

  private static JsonNode node(@Nullable ToolChoice choice) {
    return switch (choice) {
      case null -> Json.text("auto");
      case ToolChoice.Auto() -> Json.text("auto");
      case ToolChoice.None() -> Json.text("none");
      case ToolChoice.Required() -> Json.text("required");
      case ToolChoice.Named(String name) -> Json.object().put("type", "function").put("name", name);
    };
  }
}
