package io.warmgate.aisimulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.aisimulator.shape.Fault;
import io.warmgate.aisimulator.shape.FieldPath;
import java.util.List;
import java.util.Map;

/**
 * What {@code strict: true} asks of a JSON schema: each object names all its properties as required
 * and allows no others (OpenAI, "Structured outputs", supported schemas).
 */
final class StrictSchema {
  private static final List<String> MAPS = List.of("properties", "$defs", "definitions");

  private StrictSchema() {}

  /** Checks {@code {name, schema, strict}}; a schema that is not strict may say what it likes. */
  static void check(JsonNode format, FieldPath at) throws Fault {
    if (format.path("strict").asBoolean()) {
      object(format.path("schema"), format.path("name").asText(), at.field("schema"));
    }
  }

  private static void object(JsonNode schema, String name, FieldPath at) throws Fault {
    if (schema.path("type").asText().equals("object") || schema.has("properties")) {
      if (!schema.path("additionalProperties").isBoolean()
          || schema.path("additionalProperties").asBoolean()) {
        throw invalid(
            name, at, "'additionalProperties' is required to be supplied and to be false");
      }
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        if (!contains(schema.path("required"), property.getKey())) {
          throw invalid(
              name,
              at,
              "'required' must include every key in properties; missing is '"
                  + property.getKey()
                  + "'");
        }
      }
    }
    for (String field : MAPS) {
      for (Map.Entry<String, JsonNode> part : schema.path(field).properties()) {
        object(part.getValue(), name, at.field(field).field(part.getKey()));
      }
    }
    for (int i = 0; i < schema.path("anyOf").size(); i++) {
      object(schema.path("anyOf").get(i), name, at.field("anyOf").index(i));
    }
    if (schema.has("items")) {
      object(schema.path("items"), name, at.field("items"));
    }
  }

  private static boolean contains(JsonNode list, String word) {
    for (JsonNode element : list) {
      if (element.asText().equals(word)) {
        return true;
      }
    }
    return false;
  }

  private static Fault invalid(String name, FieldPath at, String why) {
    return Fault.rule(at, "Invalid schema for response_format '%s': %s.".formatted(name, why));
  }
}
