package io.warmgate.local.api.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The operations of structured merge over a value and its schema: which fields it has, how it
 * differs from another, merging, removing.
 *
 * @see <a href="https://github.com/kubernetes-sigs/structured-merge-diff">structured-merge-diff</a>
 */
final class TypedValue {
  private TypedValue() {}

  /** Whether the parts of a value are owned one by one. */
  private static boolean isGranular(Schema schema, JsonNode value) {
    return value.isObject()
        ? !schema.isAtomicObject()
        : value.isArray() && schema.listType() != Schema.ListType.ATOMIC;
  }

  private static Schema fieldOf(Schema schema, String name) {
    Schema field = schema.field(name);
    return field == null ? Schema.ANY : field;
  }

  /** The parts of a granular value by the step that leads to each, in document order. */
  private static Map<PathElement, JsonNode> parts(Schema schema, JsonNode value) {
    Map<PathElement, JsonNode> result = new LinkedHashMap<>();
    if (value instanceof ObjectNode object) {
      object.properties().forEach(e -> result.put(new PathElement.Field(e.getKey()), e.getValue()));
    } else {
      value.forEach(item -> result.put(PathElement.item(schema, item), item));
    }
    return result;
  }

  private static Schema partSchema(Schema schema, PathElement step) {
    return switch (step) {
      case PathElement.Field(String name) -> fieldOf(schema, name);
      case PathElement.Key _, PathElement.Value _ -> schema.items();
    };
  }

  /** The fields that an applied configuration names. */
  static FieldSet fields(Schema schema, JsonNode value) {
    if (!isGranular(schema, value)) {
      return FieldSet.HERE;
    }
    SortedMap<PathElement, FieldSet> children = new TreeMap<>();
    parts(schema, value)
        .forEach(
            (step, part) -> {
              FieldSet set = fields(partSchema(schema, step), part);
              boolean itself =
                  !(step instanceof PathElement.Field(String name))
                      || part.isNull()
                      || (part.isObject() && part.isEmpty())
                      || (schema.property(name) == null);
              FieldSet named = itself ? set.union(FieldSet.HERE) : set;
              if (!named.isEmpty()) {
                children.put(step, named);
              }
            });
    return new FieldSet(false, children);
  }

  /** Every place of a value, its containers included. */
  private static FieldSet everything(Schema schema, JsonNode value) {
    if (!isGranular(schema, value)) {
      return FieldSet.HERE;
    }
    SortedMap<PathElement, FieldSet> children = new TreeMap<>();
    parts(schema, value)
        .forEach((step, part) -> children.put(step, everything(partSchema(schema, step), part)));
    return new FieldSet(true, children);
  }

  /**
   * How one value differs from another.
   *
   * @param changed places that are new or have another value
   * @param removed places that are gone
   */
  record Difference(FieldSet changed, FieldSet removed) {}

  static Difference compare(Schema schema, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return new Difference(FieldSet.EMPTY, FieldSet.EMPTY);
    }
    boolean alike =
        isGranular(schema, before)
            && isGranular(schema, after)
            && before.getNodeType() == after.getNodeType();
    if (!alike) {
      return new Difference(everything(schema, after), FieldSet.EMPTY);
    }
    Map<PathElement, JsonNode> old = parts(schema, before);
    Map<PathElement, JsonNode> current = parts(schema, after);
    SortedMap<PathElement, FieldSet> changed = new TreeMap<>();
    SortedMap<PathElement, FieldSet> removed = new TreeMap<>();
    current.forEach(
        (step, part) -> {
          Schema partSchema = partSchema(schema, step);
          JsonNode previous = old.get(step);
          if (previous == null) {
            changed.put(step, everything(partSchema, part));
            return;
          }
          Difference difference = compare(partSchema, previous, part);
          putUnlessEmpty(changed, step, difference.changed());
          putUnlessEmpty(removed, step, difference.removed());
        });
    old.forEach(
        (step, part) -> {
          if (!current.containsKey(step)) {
            removed.put(step, everything(partSchema(schema, step), part));
          }
        });
    return new Difference(new FieldSet(false, changed), new FieldSet(false, removed));
  }

  private static void putUnlessEmpty(
      SortedMap<PathElement, FieldSet> map, PathElement step, FieldSet set) {
    if (!set.isEmpty()) {
      map.put(step, set);
    }
  }

  /** {@code live} with what {@code config} says. */
  static JsonNode merge(Schema schema, JsonNode live, JsonNode config) {
    boolean alike =
        isGranular(schema, live)
            && isGranular(schema, config)
            && live.getNodeType() == config.getNodeType();
    if (!alike) {
      return config.deepCopy();
    }
    if (live instanceof ObjectNode object) {
      ObjectNode result = object.deepCopy();
      for (Map.Entry<String, JsonNode> entry : config.properties()) {
        JsonNode existing = object.get(entry.getKey());
        JsonNode wanted = entry.getValue();
        result.set(
            entry.getKey(),
            existing == null
                ? wanted.deepCopy()
                : merge(fieldOf(schema, entry.getKey()), existing, wanted));
      }
      return result;
    }
    return mergeList(schema, live, config);
  }

  /** The configuration's order, with the items that only {@code live} has where they were. */
  private static ArrayNode mergeList(Schema schema, JsonNode live, JsonNode config) {
    Map<PathElement, JsonNode> old = parts(schema, live);
    Map<PathElement, JsonNode> wanted = parts(schema, config);
    ArrayNode result = Json.array();
    List<PathElement> rest = new ArrayList<>(wanted.keySet());
    for (PathElement step : old.keySet()) {
      if (!wanted.containsKey(step)) {
        result.add(old.get(step));
      } else if (!rest.isEmpty()) {
        result.add(mergedItem(schema, rest.removeFirst(), old, wanted));
      }
    }
    rest.forEach(step -> result.add(mergedItem(schema, step, old, wanted)));
    return result;
  }

  private static JsonNode mergedItem(
      Schema schema,
      PathElement step,
      Map<PathElement, JsonNode> old,
      Map<PathElement, JsonNode> wanted) {
    JsonNode item = wanted.getOrDefault(step, Json.object());
    JsonNode existing = old.get(step);
    return existing == null ? item.deepCopy() : merge(schema.items(), existing, item);
  }

  /**
   * Removes what {@code last} names and {@code owned} does not: fields that a manager no longer
   * applies and nobody else owns. The keys of a list's item stay as long as the item does.
   */
  static JsonNode prune(Schema schema, JsonNode value, FieldSet last, FieldSet owned) {
    if (!isGranular(schema, value)) {
      return value;
    }
    if (value instanceof ObjectNode object) {
      ObjectNode result = Json.object();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        Schema field = fieldOf(schema, entry.getKey());
        PathElement step = new PathElement.Field(entry.getKey());
        JsonNode kept = pruned(field, step, entry.getValue(), last, owned);
        if (kept != null) {
          result.set(entry.getKey(), kept);
        }
      }
      return result;
    }
    ArrayNode result = Json.array();
    for (JsonNode item : value) {
      PathElement step = PathElement.item(schema, item);
      JsonNode kept = pruned(schema.items(), step, item, last, owned);
      if (kept != null) {
        result.add(kept instanceof ObjectNode object ? withKeys(step, object) : kept);
      }
    }
    return result;
  }

  private static ObjectNode withKeys(PathElement step, ObjectNode item) {
    if (step instanceof PathElement.Key(ObjectNode keys)) {
      keys.properties().forEach(e -> Json.setDefault(item, e.getKey(), e.getValue()));
    }
    return item;
  }

  private static @Nullable JsonNode pruned(
      Schema schema, PathElement step, JsonNode part, FieldSet last, FieldSet owned) {
    FieldSet lastPart = last.child(step);
    if (lastPart == null) {
      return part;
    }
    FieldSet ownedPart = owned.child(step);
    return ownedPart == null ? null : prune(schema, part, lastPart, ownedPart);
  }
}
