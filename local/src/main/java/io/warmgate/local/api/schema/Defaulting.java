package io.warmgate.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts a schema's defaults where fields are absent, and takes away nulls that mean "absent".
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable">Defaulting
 *     and nullable</a>
 */
public final class Defaulting {
  private Defaulting() {}

  /** Changes {@code value} in place. */
  public static void apply(Schema schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      addMissing(schema, object);
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        Schema field = schema.field(entry.getKey());
        if (field != null && field != Schema.ANY) {
          apply(field, entry.getValue());
        }
      }
    } else if (value.isArray()) {
      for (JsonNode item : value) {
        apply(schema.items(), item);
      }
    }
  }

  private static void addMissing(Schema schema, ObjectNode object) {
    for (String name : schema.propertyNames()) {
      Schema property = schema.property(name);
      if (property == null) {
        continue;
      }
      JsonNode defaultValue = property.defaultValue();
      boolean isNull = object.path(name).isNull();
      if (defaultValue != null && (!object.has(name) || (isNull && !property.nullable()))) {
        object.set(name, defaultValue.deepCopy());
      }
    }
  }

  /**
   * Removes nulls, which a built-in type reads as "not given".
   *
   * <p>Changes {@code value} in place.
   */
  public static void removeNulls(JsonNode value) {
    if (value instanceof ObjectNode object) {
      List<String> nulls = new ArrayList<>();
      object.properties().forEach(e -> addIfNull(nulls, e));
      object.remove(nulls);
    }
    value.forEach(Defaulting::removeNulls);
  }

  private static void addIfNull(List<String> nulls, Map.Entry<String, JsonNode> entry) {
    if (entry.getValue().isNull()) {
      nulls.add(entry.getKey());
    }
  }
}
