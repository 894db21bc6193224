package io.warmgate.local.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.resource.ResourceType;
import java.time.Instant;
import java.util.List;

/**
 * Objects as tables, for {@code kubectl get}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables">Receiving
 *     resources as Tables</a>
 */
public final class Tables {
  /** How much of each object a row carries: the request's {@code includeObject}. */
  public enum Include {
    NONE,
    METADATA,
    OBJECT
  }

  private Tables() {}

  /**
   * @param listMeta the list's metadata; for one object, an empty object
   */
  public static ObjectNode of(
      ResourceType type,
      List<ObjectNode> objects,
      JsonNode listMeta,
      Include include,
      Instant now) {
    List<Column> columns =
        switch (type.origin()) {
          case ResourceType.Origin.BuiltIn _ -> BuiltInColumns.of(type.id());
          case ResourceType.Origin.Custom custom -> CustomColumns.of(custom.columns());
        };
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.set("metadata", listMeta);
    ArrayNode definitions = table.putArray("columnDefinitions");
    for (Column column : columns) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.format())
          .put("description", column.name())
          .put("priority", column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (ObjectNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      columns.forEach(column -> cells.add(column.cell().of(object, now)));
      switch (include) {
        case NONE -> {}
        case METADATA -> row.set("object", metadataOnly(object));
        case OBJECT -> row.set("object", object);
      }
    }
    return table;
  }

  /** An object reduced to its metadata: {@code PartialObjectMetadata}. */
  public static ObjectNode metadataOnly(JsonNode object) {
    ObjectNode result =
        Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    result.set("metadata", object.path("metadata"));
    return result;
  }
}
