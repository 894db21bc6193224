package io.warmgate.ai.anthropic;

import static io.warmgate.ai.Dialect.ANTHROPIC_MESSAGES;

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

/** {@code tools} and {@code tool_choice}, which says whether calls may be parallel, too. */
final class AnthropicTools {
  private static final String DISABLE = "disable_parallel_tool_use";

  private AnthropicTools() {}

  static Tooling read(FieldReader root) {
    List<Tool> tools = new ArrayList<>();
    List<JsonNode> nodes = root.list("tools");
    for (int i = 0; i < nodes.size(); i++) {
      tools.add(tool(nodes.get(i), "tools[" + i + "]"));
    }
    FieldReader choice = root.object("tool_choice");
    if (choice == null) {
      return new Tooling(tools, null, null);
    }
    ToolChoice chosen = choice(choice);
    Boolean disabled = choice.truth(DISABLE);
    return new Tooling(tools, chosen, disabled == null ? null : !disabled);
  }

  private static Tool tool(JsonNode node, String path) {
    FieldReader tool = FieldReader.of(node, path);
    if (!tool.textOr("type", "custom").equals("custom")) {
      return new Tool.Native(node, Extras.none(ANTHROPIC_MESSAGES));
    }
    return new Tool.Function(
        tool.neededText("name"),
        tool.text("description"),
        tool.needed("input_schema"),
        tool.truth("strict"),
        tool.rest(ANTHROPIC_MESSAGES));
  }

  private static ToolChoice choice(FieldReader choice) {
    return switch (choice.neededText("type")) {
      case "auto" -> new ToolChoice.Auto();
      case "any" -> new ToolChoice.Required();
      case "none" -> new ToolChoice.None();
      case "tool" -> new ToolChoice.Named(choice.neededText("name"));
      default ->
          throw new TranslationException(choice.at("type"), "is none of auto, any, tool and none");
    };
  }

  static void write(Tooling tooling, ObjectNode root) {
    if (!tooling.tools().isEmpty()) {
      ArrayNode tools = root.putArray("tools");
      tooling.tools().forEach(tool -> tools.add(node(tool)));
    }
    // Said where there is something to call.
    Boolean parallel = tooling.tools().isEmpty() ? null : tooling.parallel();
    ToolChoice choice = tooling.choice();
    if (choice == null && parallel == null) {
      return;
    }
    ObjectNode node = node(choice);
    if (parallel != null && !(choice instanceof ToolChoice.None)) {
      node.put(DISABLE, !parallel);
    }
    root.set("tool_choice", node);
  }

  private static JsonNode node(Tool tool) {
    return switch (tool) {
      case Tool.Native own -> {
        if (own.extras().dialect() != ANTHROPIC_MESSAGES) {
          throw TranslationException.unknownTo(
              ANTHROPIC_MESSAGES, "tools[].type (" + own.type() + ")");
        }
        yield own.node();
      }
      case Tool.Function function -> {
        ObjectNode node = Json.object().put("name", function.name());
        if (function.description() != null) {
          node.put("description", function.description());
        }
        node.set("input_schema", function.schema() == null ? nothing() : function.schema());
        if (function.strict() != null) {
          node.put("strict", function.strict());
        }
        function.extras().writeTo(node, ANTHROPIC_MESSAGES, "tools[].");
        yield node;
      }
    };
  }

  /** "Omitting parameters defines a function with an empty parameter list" (OpenAI). */
  private static ObjectNode nothing() {
    ObjectNode schema = Json.object().put("type", "object");
    schema.putObject("properties");
    return schema;
  }

  private static ObjectNode node(@Nullable ToolChoice choice) {
    return switch (choice) {
      case null -> Json.object().put("type", "auto");
      case ToolChoice.Auto() -> Json.object().put("type", "auto");
      case ToolChoice.None() -> Json.object().put("type", "none");
      case ToolChoice.Required() -> Json.object().put("type", "any");
      case ToolChoice.Named(String name) -> Json.object().put("type", "tool").put("name", name);
    };
  }
}
