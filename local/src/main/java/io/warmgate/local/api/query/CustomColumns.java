package io.warmgate.local.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a custom resource.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#additional-printer-columns">Additional
 *     printer columns</a>
 */
final class CustomColumns {
  private CustomColumns() {}

  static List<Column> of(JsonNode additionalPrinterColumns) {
    List<Column> columns = new ArrayList<>();
    columns.add(BuiltInColumns.NAME);
    for (ObjectNode given : Json.objects(additionalPrinterColumns)) {
      JsonPath path = JsonPath.parse(given.path("jsonPath").asText());
      String type = given.path("type").asText("string");
      columns.add(
          new Column(
              given.path("name").asText(),
              type,
              given.path("format").asText(""),
              given.path("priority").asInt(0),
              (object, now) -> cell(type, path.find(object), now)));
    }
    if (columns.size() == 1) {
      columns.add(BuiltInColumns.AGE);
    }
    return columns;
  }

  private static JsonNode cell(String type, List<JsonNode> found, Instant now) {
    if (found.isEmpty() || found.getFirst().isNull()) {
      return NullNode.getInstance();
    }
    JsonNode first = found.getFirst();
    return switch (type) {
      case "integer", "number" -> first.isNumber() ? first : NullNode.getInstance();
      case "boolean" -> first.isBoolean() ? first : NullNode.getInstance();
      case "date" -> Json.text(Age.since(first.asText(), now));
      default -> Json.text(text(found));
    };
  }

  private static String text(List<JsonNode> found) {
    List<String> texts = new ArrayList<>();
    found.forEach(node -> texts.add(node.isContainerNode() ? Json.compact(node) : node.asText()));
    return String.join(" ", texts);
  }
}
