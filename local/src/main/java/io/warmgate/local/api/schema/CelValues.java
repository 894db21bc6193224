package io.warmgate.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * JSON as CEL sees it: integers as {@code int}, numbers as {@code double}, {@code date-time} and
 * {@code duration} strings as their own types, properties whose names CEL reserves escaped.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#escaping">Escaping</a>
 */
final class CelValues {
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return");

  private CelValues() {}

  static Object of(Schema schema, JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> map(schema, value);
      case ARRAY -> list(schema, value);
      case STRING, BINARY -> text(schema, value.asText());
      case BOOLEAN -> value.booleanValue();
      case NULL, MISSING -> NullValue.NULL_VALUE;
      case NUMBER -> number(schema, value);
    };
  }

  private static Object number(Schema schema, JsonNode value) {
    boolean isInt = value.isIntegralNumber() && !schema.type().equals("number");
    if (isInt) {
      return value.longValue();
    }
    return value.doubleValue();
  }

  private static Object text(Schema schema, String text) {
    return switch (schema.keyword("format").asText("")) {
      case "date-time" -> OffsetDateTime.parse(text).toInstant();
      case "duration" -> Durations.parse(text);
      default -> text;
    };
  }

  private static Map<String, Object> map(Schema schema, JsonNode value) {
    Map<String, Object> result = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      Schema declared = schema.property(entry.getKey());
      Schema values = schema.additional();
      if (declared != null) {
        result.put(escape(entry.getKey()), of(declared, entry.getValue()));
      } else {
        result.put(entry.getKey(), of(values != null ? values : Schema.ANY, entry.getValue()));
      }
    }
    return result;
  }

  private static List<Object> list(Schema schema, JsonNode value) {
    List<Object> result = new ArrayList<>();
    value.forEach(item -> result.add(of(schema.items(), item)));
    return result;
  }

  private static String escape(String name) {
    if (RESERVED.contains(name)) {
      return "__" + name + "__";
    }
    return name.replace("__", "__underscores__")
        .replace(".", "__dot__")
        .replace("-", "__dash__")
        .replace("/", "__slash__");
  }
}
