package io.warmgate.aisimulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Makes a JSON value that fits a schema, as far as providers' subset goes: {@code type}, {@code
 * properties}, {@code items}, {@code enum}, {@code const}, {@code anyOf}, {@code oneOf}, {@code
 * $ref} within the schema, {@code minimum}, {@code maximum}, {@code minItems}. Strings are the
 * prompt's last word, so that "the weather in Paris" is asked of Paris.
 */
final class SampleJson {
  private static final int MAX_DEPTH = 8;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final JsonNode root;
  private final String word;
  private final int number;

  private SampleJson(JsonNode root, String prompt) {
    this.root = root;
    this.word = lastWord(prompt);
    this.number = Math.floorMod(prompt.hashCode(), 100);
  }

  /** A value that fits, the same for the same prompt. */
  static JsonNode of(JsonNode schema, String prompt) {
    return new SampleJson(schema, prompt).value(schema, 0);
  }

  private static String lastWord(String prompt) {
    String[] words = prompt.split("[^\\p{L}\\p{N}_]+");
    return words.length == 0 || words[words.length - 1].isEmpty()
        ? "something"
        : words[words.length - 1];
  }

  private JsonNode value(JsonNode schema, int depth) {
    if (schema.has("$ref")) {
      return value(root.at(schema.path("$ref").asText().substring(1)), depth + 1);
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
      return schema.path("enum").get(number % schema.path("enum").size());
    }
    for (String several : new String[] {"anyOf", "oneOf"}) {
      if (schema.path(several).isArray() && !schema.path(several).isEmpty()) {
        JsonNode options = schema.path(several);
        return value(options.get(depth > MAX_DEPTH ? options.size() - 1 : 0), depth + 1);
      }
    }
    return ofType(typeOf(schema), schema, depth);
  }

  private static String typeOf(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray() && !type.isEmpty()) {
      return type.get(0).asText();
    }
    return type.asText(schema.has("items") ? "array" : "object");
  }

  private JsonNode ofType(String type, JsonNode schema, int depth) {
    return switch (type) {
      case "string" -> JSON.textNode(word);
      case "integer" -> JSON.numberNode(within(schema));
      case "number" -> JSON.numberNode((double) within(schema));
      case "boolean" -> JSON.booleanNode(number % 2 == 0);
      case "null" -> JSON.nullNode();
      case "array" -> array(schema, depth);
      default -> object(schema, depth);
    };
  }

  private long within(JsonNode schema) {
    long low = (long) Math.ceil(schema.path("minimum").asDouble(0));
    long high = (long) Math.floor(schema.path("maximum").asDouble((double) low + 99));
    return low + number % Math.max(1, high - low + 1);
  }

  private ArrayNode array(JsonNode schema, int depth) {
    ArrayNode array = JSON.arrayNode();
    int length = Math.max(depth > MAX_DEPTH ? 0 : 1, schema.path("minItems").asInt(0));
    for (int i = 0; i < length; i++) {
      array.add(value(schema.path("items"), depth + 1));
    }
    return array;
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      object.set(property.getKey(), value(property.getValue(), depth + 1));
    }
    return object;
  }
}
