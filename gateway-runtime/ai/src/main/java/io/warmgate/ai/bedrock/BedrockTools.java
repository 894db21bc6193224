package io.warmgate.ai.bedrock;

import static io.warmgate.ai.Dialect.BEDROCK_CONVERSE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.Tool;
import io.warmgate.ai.chat.ToolChoice;
import io.warmgate.ai.chat.Tooling;
import io.warmgate.ai.json.Json;
import org.jspecify.annotations.Nullable;

/** {@code toolConfig}, which has to be there where a conversation has calls in it. */
final class BedrockTools {
  private BedrockTools() {}

  /**
   * @param calls whether the conversation has some
   */
  static void write(Tooling tooling, boolean calls, ObjectNode root) {
    if (tooling.tools().isEmpty()) {
      if (calls) {
        throw new TranslationException(
            "tools", "must be there in " + BEDROCK_CONVERSE.title() + " where some were called");
      }
      return;
    }
    if (Boolean.FALSE.equals(tooling.parallel())) {
      throw TranslationException.unknownTo(BEDROCK_CONVERSE, "parallel_tool_calls");
    }
    if (tooling.choice() instanceof ToolChoice.None) {
      if (calls) {
        throw TranslationException.unknownTo(BEDROCK_CONVERSE, "tool_choice (none)");
      }
      // Whoever knows of no tool calls none.
      return;
    }
    ObjectNode config = root.putObject("toolConfig");
    ArrayNode tools = config.putArray("tools");
    tooling.tools().forEach(tool -> tools.addObject().set("toolSpec", node(tool)));
    choice(tooling.choice(), config);
  }

  private static ObjectNode node(Tool tool) {
    return switch (tool) {
      case Tool.Native own ->
          throw TranslationException.unknownTo(
              BEDROCK_CONVERSE, "tools[].type (" + own.type() + ")");
      case Tool.Function function -> {
        function.extras().requireInert(BEDROCK_CONVERSE, "tools[].");
        ObjectNode node = Json.object().put("name", function.name());
        String description = function.description();
        if (description != null && !description.isEmpty()) {
          node.put("description", description);
        }
        node.putObject("inputSchema")
            .set("json", function.schema() == null ? nothing() : function.schema());
        if (function.strict() != null) {
          node.put("strict", function.strict());
        }
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

  private static void choice(@Nullable ToolChoice choice, ObjectNode config) {
    switch (choice) {
      case null -> {}
      case ToolChoice.Auto() -> config.putObject("toolChoice").putObject("auto");
      case ToolChoice.Required() -> config.putObject("toolChoice").putObject("any");
      case ToolChoice.Named(String name) ->
          config.putObject("toolChoice").putObject("tool").put("name", name);
      case ToolChoice.None() -> throw new IllegalStateException("tools are not told then");
    }
  }
}
