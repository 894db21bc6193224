package io.warmgate.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Removes the fields that a schema does not know and says which. */
public final class Pruning {
  private static final Set<String> EMBEDDED_FIELDS = Set.of("apiVersion", "kind", "metadata");

  private Pruning() {}

  /**
   * Changes {@code value} in place.
   *
   * @return the paths removed, such as {@code spec.listeners[0].bar}, in document order
   */
  public static List<String> prune(Schema schema, JsonNode value) {
    List<String> removed = new ArrayList<>();
    prune(schema, value, "", removed);
    return removed;
  }

  private static void prune(Schema schema, JsonNode value, String path, List<String> removed) {
    if (value instanceof ObjectNode object && !schema.isIntOrString()) {
      List<String> unknown = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String name = entry.getKey();
        Schema field = schema.field(name);
        if (field != null) {
          if (field != Schema.ANY) {
            prune(field, entry.getValue(), join(path, name), removed);
          }
        } else if (schema.type().equals("object") && !isEmbeddedField(schema, name)) {
          unknown.add(name);
          removed.add(join(path, name));
        }
      }
      object.remove(unknown);
    } else if (value.isArray() && schema.type().equals("array")) {
      for (int i = 0; i < value.size(); i++) {
        prune(schema.items(), value.get(i), path + "[" + i + "]", removed);
      }
    }
  }

  private static boolean isEmbeddedField(Schema schema, String name) {
    return schema.isEmbedded() && EMBEDDED_FIELDS.contains(name);
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
