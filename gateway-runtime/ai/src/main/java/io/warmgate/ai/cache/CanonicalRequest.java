package io.warmgate.ai.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Generation;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.chat.Sampling;
import io.warmgate.ai.chat.Tool;
import io.warmgate.ai.chat.ToolChoice;
import io.warmgate.ai.chat.Tooling;
import io.warmgate.ai.json.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A question in one form, whichever front it came by and however it was written. Two requests have
 * the same form only if a provider could not tell them apart. What no answer depends on is not in
 * it: how the answer is delivered, for which user, what {@link io.warmgate.ai.Inert} lists.
 */
final class CanonicalRequest {
  private CanonicalRequest() {}

  static JsonNode of(ChatRequest request, String model, Defaults defaults) {
    ObjectNode root = Json.object().put("model", model);
    root.set("turns", new CanonicalTurns().of(request.turns()));
    tooling(request.tooling(), root);
    generation(request.generation(), defaults, root);
    CanonicalExtras.put(root, request.extras());
    return root;
  }

  private static void tooling(Tooling tooling, ObjectNode root) {
    if (!tooling.tools().isEmpty()) {
      ArrayNode tools = root.putArray("tools");
      tooling.tools().forEach(tool -> tools.add(tool(tool)));
      // "parallel_tool_calls: defaults to true" (OpenAI); Anthropic's disabling to false.
      if (Boolean.FALSE.equals(tooling.parallel())) {
        root.put("parallel", false);
      }
    }
    String choice = choice(tooling.choice());
    // "none is the default when no tools are present. auto is the default if tools are present."
    String otherwise = tooling.tools().isEmpty() ? "none" : "auto";
    if (choice != null && !choice.equals(otherwise)) {
      root.put("choice", choice);
    }
  }

  private static @Nullable String choice(@Nullable ToolChoice choice) {
    return switch (choice) {
      case null -> null;
      case ToolChoice.Auto() -> "auto";
      case ToolChoice.None() -> "none";
      case ToolChoice.Required() -> "required";
      case ToolChoice.Named(String name) -> "tool:" + name;
    };
  }

  private static ObjectNode tool(Tool tool) {
    return switch (tool) {
      case Tool.Native own ->
          Json.object().put("dialect", own.extras().dialect().name()).set("native", own.node());
      case Tool.Function function -> {
        ObjectNode node = Json.object().put("name", function.name());
        text(node, "description", function.description());
        if (function.schema() != null) {
          node.set("schema", function.schema());
        }
        if (Boolean.TRUE.equals(function.strict())) {
          node.put("strict", true);
        }
        CanonicalExtras.put(node, function.extras());
        yield node;
      }
    };
  }

  private static void generation(Generation generation, Defaults defaults, ObjectNode root) {
    Sampling sampling = generation.sampling();
    number(root, "temperature", sampling.temperature(), defaults.temperature());
    number(root, "topP", sampling.topP(), defaults.topP());
    number(root, "frequencyPenalty", sampling.frequencyPenalty(), BigDecimal.ZERO);
    number(root, "presencePenalty", sampling.presencePenalty(), BigDecimal.ZERO);
    whole(root, "topK", sampling.topK(), null);
    whole(root, "seed", sampling.seed(), null);
    whole(root, "maxTokens", generation.maxTokens(), defaults.maxTokens());
    if (!generation.stop().isEmpty()) {
      ArrayNode stop = root.putArray("stop");
      // Whichever comes first in the answer ends it, whatever their order here.
      generation.stop().stream().distinct().sorted().forEach(stop::add);
    }
    text(root, "effort", generation.effort());
    format(generation.format(), root);
  }

  private static void number(
      ObjectNode root, String name, @Nullable BigDecimal said, @Nullable BigDecimal otherwise) {
    BigDecimal value = said == null ? otherwise : said;
    if (value != null) {
      root.put(name, value);
    }
  }

  private static void whole(
      ObjectNode root, String name, @Nullable Long said, @Nullable Long otherwise) {
    Long value = said == null ? otherwise : said;
    if (value != null) {
      root.put(name, value);
    }
  }

  private static void text(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  private static void format(OutputFormat format, ObjectNode root) {
    switch (format) {
      case OutputFormat.PlainText() -> {}
      case OutputFormat.JsonObject() -> root.put("format", "json");
      case OutputFormat.JsonSchema schema -> {
        ObjectNode node = root.putObject("format");
        text(node, "name", schema.name());
        text(node, "description", schema.description());
        if (schema.schema() != null) {
          node.set("schema", schema.schema());
        }
        node.put("strict", Boolean.TRUE.equals(schema.strict()));
      }
    }
  }
}
