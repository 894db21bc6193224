package io.warmgate.aisimulator.gemini;

import static io.warmgate.aisimulator.shape.FieldPath.ROOT;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What fields of a request ask of each other. */
final class GenerateRules {
  /** What histories of other models have in the place of a signature. */
  private static final String UNSIGNED = "skip_thought_signature_validator";

  private static final List<String> DATA =
      List.of("text", "inlineData", "fileData", "functionCall", "functionResponse");

  /** Google, "Structured output": what of JSON Schema is supported. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "$id",
          "$defs",
          "$ref",
          "$anchor",
          "type",
          "format",
          "title",
          "description",
          "enum",
          "items",
          "prefixItems",
          "minItems",
          "maxItems",
          "minimum",
          "maximum",
          "anyOf",
          "oneOf",
          "properties",
          "additionalProperties",
          "required",
          "propertyOrdering");

  private GenerateRules() {}

  static void check(JsonNode request) throws Fault {
    JsonNode contents = request.path("contents");
    int called = 0;
    for (int i = 0; i < contents.size(); i++) {
      FieldPath at = ROOT.field("contents").index(i);
      called = content(contents.get(i), called, at);
    }
    if (called > 0) {
      throw unanswered(ROOT.field("contents"));
    }
    generation(request.path("generationConfig"));
    JsonNode tools = request.path("tools");
    for (JsonNode tool : tools) {
      for (JsonNode function : tool.path("functionDeclarations")) {
        schema(
            function.path("parametersJsonSchema"),
            ROOT.field("tools").field("parametersJsonSchema"));
      }
    }
    JsonNode calling = request.path("toolConfig").path("functionCallingConfig");
    if (calling.has("allowedFunctionNames") && !calling.path("mode").asText().equals("ANY")) {
      throw Fault.rule(
          ROOT.field("toolConfig"), "allowed_function_names needs function calling mode ANY.");
    }
  }

  /**
   * @param called how many calls the content before has
   * @return the same of this one
   */
  private static int content(JsonNode content, int called, FieldPath at) throws Fault {
    int calls = 0;
    int results = 0;
    for (JsonNode part : content.path("parts")) {
      if (DATA.stream().filter(part::has).count() != 1) {
        throw Fault.rule(at.field("parts"), "each part must have exactly one kind of data");
      }
      calls += part.has("functionCall") ? 1 : 0;
      results += part.has("functionResponse") ? 1 : 0;
    }
    if (results != called) {
      throw unanswered(at);
    }
    boolean model = content.path("role").asText().equals("model");
    if ((calls > 0) != (calls > 0 && model) || (results > 0 && model)) {
      throw Fault.rule(at, "calls are the model's, and responses to them the user's");
    }
    if (calls > 0) {
      signed(content.path("parts"), at);
    }
    return calls;
  }

  private static Fault unanswered(FieldPath at) {
    return Fault.rule(
        at,
        "Please ensure that the number of function response parts is equal to the number of"
            + " function call parts of the function call turn.");
  }

  /** The first of several calls has it, and it comes back as it was. */
  private static void signed(JsonNode parts, FieldPath at) throws Fault {
    Iterator<JsonNode> each = parts.iterator();
    JsonNode first = each.next();
    while (!first.has("functionCall")) {
      first = each.next();
    }
    JsonNode call = first.path("functionCall");
    String signature = first.path("thoughtSignature").asText();
    if (signature.isEmpty()) {
      throw Fault.rule(
          at,
          "Function call is missing a thought_signature in functionCall parts. This is required"
              + " for tools to work correctly: function call `%s`"
                  .formatted(call.path("name").asText()));
    }
    boolean own = Signature.of(call.path("name").asText(), call.path("args")).equals(signature);
    if (!own && !signature.equals(UNSIGNED)) {
      throw Fault.rule(at, "Corrupted thought signature.");
    }
  }

  private static void generation(JsonNode generation) throws Fault {
    FieldPath at = ROOT.field("generationConfig");
    if (generation.has("responseJsonSchema")) {
      if (!generation.path("responseMimeType").asText().equals("application/json")) {
        throw Fault.rule(
            at, "response_json_schema needs response_mime_type to be application/json");
      }
      schema(generation.path("responseJsonSchema"), at.field("responseJsonSchema"));
    }
    JsonNode thinking = generation.path("thinkingConfig");
    if (thinking.has("thinkingBudget") && thinking.has("thinkingLevel")) {
      throw Fault.rule(
          at.field("thinkingConfig"),
          "You can only set one of thinking budget and thinking level.");
    }
  }

  private static void schema(JsonNode schema, FieldPath at) throws Fault {
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      String name = keyword.getKey();
      if (!KEYWORDS.contains(name)) {
        throw new Fault(Fault.Kind.UNKNOWN, at, "", name);
      }
      boolean named = name.equals("properties") || name.equals("$defs");
      boolean several = name.equals("anyOf") || name.equals("oneOf") || name.equals("prefixItems");
      if (named || several) {
        for (JsonNode inner : keyword.getValue()) {
          schema(inner, at.field(name));
        }
      } else if (name.equals("items") || name.equals("additionalProperties")) {
        schema(keyword.getValue(), at.field(name));
      }
    }
  }
}
