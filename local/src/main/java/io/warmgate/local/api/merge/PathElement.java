package io.warmgate.local.api.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One step into a document, as {@code fieldsV1} spells it: {@code f:name}, {@code k:{keys}}, {@code
 * v:value}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/">FieldsV1</a>
 */
sealed interface PathElement extends Comparable<PathElement> {
  /** A field of an object or a key of a map. */
  record Field(String name) implements PathElement {
    @Override
    public String encoded() {
      return "f:" + name;
    }

    @Override
    public String toString() {
      return "." + name;
    }
  }

  /** An item of a list of type map. */
  record Key(ObjectNode keys) implements PathElement {
    @Override
    public String encoded() {
      return "k:" + Json.compact(keys);
    }

    @Override
    public String toString() {
      return keys.properties().stream()
          .map(e -> e.getKey() + "=" + Json.compact(e.getValue()))
          .collect(Collectors.joining(",", "[", "]"));
    }
  }

  /** An item of a list of type set. */
  record Value(JsonNode value) implements PathElement {
    @Override
    public String encoded() {
      return "v:" + Json.compact(value);
    }

    @Override
    public String toString() {
      return "[=" + Json.compact(value) + "]";
    }
  }

  String encoded();

  @Override
  default int compareTo(PathElement other) {
    return encoded().compareTo(other.encoded());
  }

  /** Reads what {@link #encoded} wrote. */
  static PathElement decode(String text) {
    try {
      byte[] rest = text.substring(2).getBytes(StandardCharsets.UTF_8);
      return switch (text.substring(0, 2)) {
        case "f:" -> new Field(text.substring(2));
        case "k:" -> new Key((ObjectNode) Json.parse(rest));
        case "v:" -> new Value(Json.scalar(rest));
        default -> throw new IllegalArgumentException("not a path element: " + text);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The step that leads to {@code item} in a list of type set or map. */
  static PathElement item(Schema list, JsonNode item) {
    if (list.listType() == Schema.ListType.SET) {
      return new Value(item);
    }
    Map<String, JsonNode> sorted = new TreeMap<>();
    for (String key : list.listKeys()) {
      Schema property = list.items().property(key);
      JsonNode fallback = property == null ? null : property.defaultValue();
      if (item.has(key)) {
        sorted.put(key, item.get(key));
      } else if (fallback != null) {
        sorted.put(key, fallback);
      }
    }
    ObjectNode keys = Json.object();
    sorted.forEach(keys::set);
    return new Key(keys);
  }
}
