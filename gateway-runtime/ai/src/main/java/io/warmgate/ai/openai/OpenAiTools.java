package io.warmgate.ai.openai;

import static io.warmgate.ai.Dialect.OPENAI_CHAT;

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

/** {@code tools}, {@code tool_choice}, {@code parallel_tool_calls}. */
final class OpenAiTools {
  private OpenAiTools() {}

  static Tooling read(FieldReader root) {
    List<Tool> tools = new ArrayList<>();
    List<JsonNode> nodes = root.list("tools");
    for (int i = 0; i < nodes.size(); i++) {
      tools.add(tool(nodes.get(i), "tools[" + i + "]"));
    }
    return new Tooling(tools, choice(root), root.truth("parallel_tool_calls"));
  }

  private static Tool tool(JsonNode node, String path) {
    FieldReader tool = FieldReader.of(node, path);
    if (!tool.textOr("type", "").equals("function")) {
      return new Tool.Native(node, Extras.none(OPENAI_CHAT));
    }
    FieldReader function = tool.neededObject("function");
    return new Tool.Function(
        function.neededText("name"),
        function.text("description"),
        function.any("parameters"),
        function.truth("strict"),
        tool.rest(OPENAI_CHAT));
  }

  private static @Nullable ToolChoice choice(FieldReader root) {
    JsonNode said = root.peek("tool_choice");
    if (said == null) {
      return null;
    }
    if (said.isTextual()) {
      return switch (root.textOr("tool_choice", "")) {
        case "auto" -> new ToolChoice.Auto();
        case "none" -> new ToolChoice.None();
        case "required" -> new ToolChoice.Required();
        default ->
            throw new TranslationException("tool_choice", "is none of auto, none and required");
      };
    }
    if (!said.path("type").asText("").equals("function")) {
      // Such as allowed_tools: it stays among the extras.
      return null;
    }
    FieldReader choice = root.neededObject("tool_choice");
    choice.any("type");
    return new ToolChoice.Named(choice.neededObject("function").neededText("name"));
  }

  static void write(Tooling tooling, ObjectNode root) {
    if (!tooling.tools().isEmpty()) {
      ArrayNode tools = root.putArray("tools");
      tooling.tools().forEach(tool -> tools.add(node(tool)));
    }
    ToolChoice choice = tooling.choice();
    if (choice != null) {
      root.set("tool_choice", node(choice));
    }
    Boolean parallel = tooling.parallel();
    // OpenAI refuses it where there are no tools.
    if (parallel != null && !tooling.tools().isEmpty()) {
      root.put("parallel_tool_calls", parallel);
    }
  }

  private static JsonNode node(Tool tool) {
    return switch (tool) {
      case Tool.Native own -> {
        if (own.extras().dialect() != OPENAI_CHAT) {
          throw TranslationException.unknownTo(OPENAI_CHAT, "tools[].type (" + own.type() + ")");
        }
        yield own.node();
      }
      case Tool.Function function -> {
        ObjectNode node = Json.object().put("type", "function");
        ObjectNode inner = node.putObject("function").put("name", function.name());
        if (function.description() != null) {
          inner.put("description", function.description());
        }
        if (function.schema() != null) {
          inner.set("parameters", function.schema());
        }
        if (function.strict() != null) {
          inner.put("strict", function.strict());
        }
        function.extras().writeTo(node, OPENAI_CHAT, "tools[].");
        yield node;
      }
    };
  }

  private static JsonNode node(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Auto() -> Json.text("auto");
      case ToolChoice.None() -> Json.text("none");
      case ToolChoice.Required() -> Json.text("required");
      case ToolChoice.Named(String name) -> {
        ObjectNode node = Json.object().put("type", "function");
        node.putObject("function").put("name", name);
        yield node;
      }
    };
  }
}
