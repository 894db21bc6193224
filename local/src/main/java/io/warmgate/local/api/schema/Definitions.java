package io.warmgate.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.util.HashMap;
import java.util.Map;

/**
 * Named schemas that refer to one another, as the {@code components} of an OpenAPI document.
 *
 * <p>The built-in kinds' own documents say {@code required} of what Go always prints and leave out
 * most defaults, which live in Go code; {@link #refined} replaces both from a table.
 */
public final class Definitions {
  /** For schemas that refer to nothing: those of custom resources. */
  public static final Definitions NONE = new Definitions(Json.object());

  private static final String REF_PREFIX = "#/components/schemas/";

  private final ObjectNode raw;
  private final Map<String, Schema> resolved = new HashMap<>();

  public Definitions(ObjectNode raw) {
    this.raw = raw;
  }

  /**
   * The definitions with {@code required} and defaults as a table says.
   *
   * @param table definition name → {@code {required: [..], defaults: {property: value}}}
   */
  public static Definitions refined(ObjectNode definitions, JsonNode table) {
    for (JsonNode definition : definitions) {
      ((ObjectNode) definition).remove("required");
    }
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      ObjectNode definition = (ObjectNode) definitions.required(entry.getKey());
      if (entry.getValue().has("required")) {
        definition.set("required", entry.getValue().get("required"));
      }
      for (Map.Entry<String, JsonNode> value : entry.getValue().path("defaults").properties()) {
        ObjectNode property =
            (ObjectNode) definition.required("properties").required(value.getKey());
        property.set("default", value.getValue());
      }
    }
    return new Definitions(definitions);
  }

  /** The schema of that name, such as {@code io.k8s.api.core.v1.Pod}. */
  public Schema named(String name) {
    Schema known = resolved.get(name);
    if (known == null) {
      known = Schema.of((ObjectNode) raw.required(name), this);
      resolved.put(name, known);
    }
    return known;
  }

  /** The node that a reference stands for: itself where it refers to nothing. */
  ObjectNode dereference(ObjectNode node) {
    JsonNode ref = node.path("$ref");
    if (!ref.isTextual()) {
      ref = node.path("allOf").path(0).path("$ref");
    }
    if (!ref.isTextual()) {
      return node;
    }
    return (ObjectNode) raw.required(ref.textValue().substring(REF_PREFIX.length()));
  }
}
