package io.warmgate.local.api.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
      directive(schema, target, result, entry.getKey(), entry.getValue());
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
    return ordered(result, key, keys(patch, key), keys(existing, key));
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

  private static void directive(
      Schema schema, ObjectNode former, ObjectNode result, String name, JsonNode value) {
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
        String key = list.patchMergeKey();
        result.set(field, ordered(items, key, keys(value, key), keys(former.path(field), key)));
      }
    }
  }

  private static void addUnless(Set<JsonNode> gone, ArrayNode left, JsonNode item) {
    if (!gone.contains(item)) {
      left.add(item);
    }
  }

  /**
   * The items with those of the patch in its order, the others where they were.
   *
   * @param former the keys as they were before the patch
   */
  private static ArrayNode ordered(
      ArrayNode items, String key, List<JsonNode> patchOrder, List<JsonNode> former) {
    Deque<JsonNode> patched = new ArrayDeque<>();
    Deque<JsonNode> others = new ArrayDeque<>();
    for (JsonNode wanted : patchOrder) {
      items.forEach(item -> addIf(keyOf(item, key).equals(wanted), patched, item));
    }
    items.forEach(item -> addIf(!patchOrder.contains(keyOf(item, key)), others, item));
    ArrayNode result = Json.array();
    while (!patched.isEmpty() || !others.isEmpty()) {
      boolean other =
          patched.isEmpty()
              || (!others.isEmpty()
                  && precedes(
                      keyOf(others.getFirst(), key), keyOf(patched.getFirst(), key), former));
      result.add(other ? others.pop() : patched.pop());
    }
    return result;
  }

  private static void addIf(boolean condition, Deque<JsonNode> list, JsonNode item) {
    if (condition) {
      list.add(item);
    }
  }

  private static boolean precedes(JsonNode one, JsonNode two, List<JsonNode> order) {
    int at = order.indexOf(one);
    return at >= 0 && order.contains(two) && at < order.indexOf(two);
  }

  private static JsonNode keyOf(JsonNode item, String key) {
    return key.isEmpty() ? item : item.path(key);
  }

  private static List<JsonNode> keys(JsonNode items, String key) {
    List<JsonNode> keys = new ArrayList<>();
    items.forEach(item -> keys.add(keyOf(item, key)));
    return keys;
  }
}
