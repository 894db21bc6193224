package io.warmgate.local.api.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Strategic merge patch: a merge patch that knows from the schema which lists merge and by which
 * key, with directives for what a merge cannot say.
 *
 * @see <a
 *     href="https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md">Strategic
 *     Merge Patch</a>
 */
public final class StrategicMerge {
  private static final String DIRECTIVE = "$patch";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";
  private static final String RETAIN_KEYS = "$retainKeys";

  private StrategicMerge() {}

  public static ObjectNode apply(Schema schema, ObjectNode target, JsonNode patch) {
    if (patch.path(DIRECTIVE).asText("").equals("replace")) {
      ObjectNode replacement = patch.deepCopy();
      replacement.remove(DIRECTIVE);
      return replacement;
    }
    ObjectNode result = target.deepCopy();
    if (patch.path(RETAIN_KEYS).isArray()) {
      result.retain(Json.strings(patch.path(RETAIN_KEYS)));
    }
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      if (!entry.getKey().startsWith("$")) {
        field(schema, result, entry.getKey(), entry.getValue());
      }
    }
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      directive(schema, result, entry.getKey(), entry.getValue());
    }
    return result;
  }

  private static void field(Schema schema, ObjectNode result, String name, JsonNode value) {
    Schema declared = schema.field(name);
    Schema field = declared == null ? Schema.ANY : declared;
    if (value.isNull() || value.path(DIRECTIVE).asText("").equals("delete")) {
      result.remove(name);
    } else if (value.isObject()) {
      ObjectNode existing = result.get(name) instanceof ObjectNode object ? object : Json.object();
      result.set(name, apply(field, existing, value));
    } else if (value.isArray() && field.patchMerges()) {
      result.set(name, list(field, result.path(name), value));
    } else {
      result.set(name, value.deepCopy());
    }
  }

  private static ArrayNode list(Schema schema, JsonNode existing, JsonNode patch) {
    ArrayNode result = existing.isArray() ? existing.deepCopy() : Json.array();
    String key = schema.patchMergeKey();
    if (key.isEmpty()) {
      Set<JsonNode> seen = new HashSet<>();
      result.forEach(seen::add);
      patch.forEach(item -> addIfNew(result, seen, item));
      return result;
    }
    if (Json.objects(patch).stream().anyMatch(i -> is(i, "replace"))) {
      result.removeAll();
    }
    for (ObjectNode item : Json.objects(patch)) {
      item(schema, result, key, item);
    }
    return result;
  }

  private static void addIfNew(ArrayNode result, Set<JsonNode> seen, JsonNode item) {
    if (seen.add(item)) {
      result.add(item);
    }
  }

  private static boolean is(ObjectNode item, String directive) {
    return item.path(DIRECTIVE).asText("").equals(directive);
  }

  private static void item(Schema schema, ArrayNode result, String key, ObjectNode patch) {
    if (is(patch, "replace") && patch.size() == 1) {
      return;
    }
    int index = indexOf(result, key, patch.path(key));
    if (is(patch, "delete")) {
      if (index >= 0) {
        result.remove(index);
      }
    } else if (index >= 0) {
      result.set(index, apply(schema.items(), (ObjectNode) result.get(index), patch));
    } else {
      result.add(apply(schema.items(), Json.object(), patch));
    }
  }

  private static int indexOf(ArrayNode list, String key, JsonNode value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).isObject() && list.get(i).path(key).equals(value)) {
        return i;
      }
    }
    return -1;
  }

  private static void directive(Schema schema, ObjectNode result, String name, JsonNode value) {
    if (name.startsWith(DELETE_PRIMITIVES)) {
      String field = name.substring(DELETE_PRIMITIVES.length());
      Set<JsonNode> gone = new HashSet<>();
      value.forEach(gone::add);
      if (result.get(field) instanceof ArrayNode list) {
        ArrayNode left = Json.array();
        list.forEach(item -> addUnless(gone, left, item));
        result.set(field, left);
      }
    } else if (name.startsWith(ORDER)) {
      String field = name.substring(ORDER.length());
      Schema list = schema.field(field);
      if (list != null && result.get(field) instanceof ArrayNode items) {
        result.set(field, ordered(items, list.patchMergeKey(), value));
      }
    }
  }

  private static void addUnless(Set<JsonNode> gone, ArrayNode left, JsonNode item) {
    if (!gone.contains(item)) {
      left.add(item);
    }
  }

  /** The items in the order given; those not named keep their place behind their predecessor. */
  private static ArrayNode ordered(ArrayNode items, String key, JsonNode order) {
    List<JsonNode> wanted = new ArrayList<>();
    order.forEach(o -> wanted.add(key.isEmpty() ? o : o.path(key)));
    List<Ranked> ranked = new ArrayList<>();
    int last = -1;
    for (JsonNode item : items) {
      int index = wanted.indexOf(key.isEmpty() ? item : item.path(key));
      last = index >= 0 ? index : last;
      ranked.add(new Ranked(last, item));
    }
    ArrayNode result = Json.array();
    ranked.stream()
        .sorted(Comparator.comparingInt(Ranked::rank))
        .forEach(r -> result.add(r.item()));
    return result;
  }

  private record Ranked(int rank, JsonNode item) {}
}
