package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.Tool;
import io.warmgate.ai.chat.ToolChoice;
import io.warmgate.ai.chat.Tooling;
import io.warmgate.ai.json.Json;

/** {@code tools} and {@code toolConfig}. */
final class GeminiTools {
  private GeminiTools() {}

  static void write(Tooling tooling, ObjectNode root) {
    if (tooling.tools().isEmpty()) {
      return;
    }
    if (Boolean.FALSE.equals(tooling.parallel())) {
      throw TranslationException.unknownTo(GEMINI, "parallel_tool_calls");
    }
    ArrayNode functions = root.putArray("tools").addObject().putArray("functionDeclarations");
    boolean strict = false;
    for (Tool tool : tooling.tools()) {
      functions.add(node(tool));
      strict |= tool instanceof Tool.Function function && Boolean.TRUE.equals(function.strict());
    }
    choice(tooling.choice() == null ? new ToolChoice.Auto() : tooling.choice(), strict, root);
  }

  private static ObjectNode node(Tool tool) {
    return switch (tool) {
      case Tool.Native own ->
          throw TranslationException.unknownTo(GEMINI, "tools[].type (" + own.type() + ")");
      case Tool.Function function -> {
        function.extras().requireInert(GEMINI, "tools[].");
        ObjectNode node = Json.object().put("name", function.name());
        if (function.description() != null) {
          node.put("description", function.description());
        }
        JsonNode schema = function.schema();
        if (schema instanceof ObjectNode object) {
          // A remark that the API has no field for.
          node.set("parametersJsonSchema", object.deepCopy().without("$schema"));
        }
        yield node;
      }
    };
  }

  /**
   * Arguments are held to their schema where a call must come, and with {@code VALIDATED}, which is
   * {@code AUTO} otherwise.
   */
  private static void choice(ToolChoice choice, boolean strict, ObjectNode root) {
    String mode =
        switch (choice) {
          case ToolChoice.Auto() -> strict ? "VALIDATED" : "AUTO";
          case ToolChoice.None() -> "NONE";
          case ToolChoice.Required required -> "ANY";
          case ToolChoice.Named named -> "ANY";
        };
    if (mode.equals("AUTO")) {
      return;
    }
    ObjectNode calling =
        root.putObject("toolConfig").putObject("functionCallingConfig").put("mode", mode);
    if (choice instanceof ToolChoice.Named(String name)) {
      calling.putArray("allowedFunctionNames").add(name);
    }
  }
}
