package io.warmgate.ai.gemini;

import static io.warmgate.ai.Dialect.GEMINI;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;
import java.util.Set;

/**
 * The part of JSON Schema that an answer can be asked for by ({@code responseJsonSchema}: "only the
 * following properties are supported"). What says nothing of the value is left out, what says the
 * same by another keyword becomes that; anything else is refused by its place.
 */
final class GeminiSchema {
  private static final Set<String> AS_THEY_ARE =
      Set.of(
          "$id",
          "$anchor",
          "type",
          "format",
          "title",
          "description",
          "enum",
          "minItems",
          "maxItems",
          "minimum",
          "maximum",
          "required",
          "propertyOrdering");

  private static final Set<String> REMARKS =
      Set.of("$schema", "$comment", "default", "examples", "deprecated", "readOnly", "writeOnly");

  private GeminiSchema() {}

  /**
   * @param at for the error
   * @return a copy
   * @throws TranslationException where a keyword has nothing that means the same
   */
  static JsonNode of(JsonNode schema, String at) {
    if (!(schema instanceof ObjectNode object)) {
      // true and false are schemas, too.
      return schema;
    }
    ObjectNode told = Json.object();
    object.properties().forEach(entry -> keyword(entry.getKey(), entry.getValue(), at, told));
    return told;
  }

  private static void keyword(String name, JsonNode value, String at, ObjectNode told) {
    String place = at + "." + name;
    switch (name) {
      case "properties" -> told.set(name, each(value, place));
      case "$defs", "definitions" -> told.set("$defs", each(value, place));
      case "items", "additionalProperties" -> told.set(name, of(value, place));
      case "anyOf", "oneOf", "prefixItems" -> told.set(name, all(value, place));
      case "$ref" -> told.put(name, value.asText().replaceFirst("^#/definitions/", "#/\\$defs/"));
      case "const" -> {
        if (!value.isTextual() && !value.isNumber()) {
          throw TranslationException.unknownTo(GEMINI, place);
        }
        told.putArray("enum").add(value);
      }
      case "allOf" -> {
        if (value.size() != 1) {
          throw TranslationException.unknownTo(GEMINI, place);
        }
        of(value.get(0), place + "[0]")
            .properties()
            .forEach(entry -> told.putIfAbsent(entry.getKey(), entry.getValue()));
      }
      default -> {
        if (AS_THEY_ARE.contains(name)) {
          told.set(name, value);
        } else if (!REMARKS.contains(name)) {
          throw TranslationException.unknownTo(GEMINI, place);
        }
      }
    }
  }

  private static ObjectNode each(JsonNode named, String at) {
    ObjectNode told = Json.object();
    named
        .properties()
        .forEach(
            entry -> told.set(entry.getKey(), of(entry.getValue(), at + "." + entry.getKey())));
    return told;
  }

  private static ArrayNode all(JsonNode list, String at) {
    ArrayNode told = Json.array();
    for (int i = 0; i < list.size(); i++) {
      told.add(of(list.get(i), at + "[" + i + "]"));
    }
    return told;
  }
}
