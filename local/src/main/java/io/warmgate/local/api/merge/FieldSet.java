package io.warmgate.local.api.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of places in a document, as a tree. A node is a member or only leads to members. Immutable;
 * a child is never empty.
 *
 * @param member whether the place itself belongs to the set
 */
record FieldSet(boolean member, SortedMap<PathElement, FieldSet> children) {
  static final FieldSet EMPTY = new FieldSet(false, new TreeMap<>());
  static final FieldSet HERE = new FieldSet(true, new TreeMap<>());

  boolean isEmpty() {
    return !member && children.isEmpty();
  }

  @Nullable FieldSet child(PathElement step) {
    return children.get(step);
  }

  FieldSet union(FieldSet other) {
    SortedMap<PathElement, FieldSet> result = new TreeMap<>(children);
    other.children.forEach((step, set) -> result.merge(step, set, FieldSet::union));
    return new FieldSet(member || other.member, result);
  }

  /** The members here that are not members there. */
  FieldSet minus(FieldSet other) {
    SortedMap<PathElement, FieldSet> result = new TreeMap<>();
    children.forEach(
        (step, set) -> {
          FieldSet theirs = other.child(step);
          FieldSet left = theirs == null ? set : set.minus(theirs);
          if (!left.isEmpty()) {
            result.put(step, left);
          }
        });
    return new FieldSet(member && !other.member, result);
  }

  /** The members here that are members there. */
  FieldSet intersection(FieldSet other) {
    SortedMap<PathElement, FieldSet> result = new TreeMap<>();
    children.forEach(
        (step, set) -> {
          FieldSet theirs = other.child(step);
          FieldSet both = theirs == null ? EMPTY : set.intersection(theirs);
          if (!both.isEmpty()) {
            result.put(step, both);
          }
        });
    return new FieldSet(member && other.member, result);
  }

  /** Without the place that {@code path} leads to and all below it. */
  FieldSet without(PathElement... path) {
    return without(List.of(path));
  }

  private FieldSet without(List<PathElement> path) {
    FieldSet next = child(path.getFirst());
    if (next == null) {
      return this;
    }
    SortedMap<PathElement, FieldSet> result = new TreeMap<>(children);
    FieldSet left = path.size() == 1 ? EMPTY : next.without(path.subList(1, path.size()));
    if (left.isEmpty()) {
      result.remove(path.getFirst());
    } else {
      result.put(path.getFirst(), left);
    }
    return new FieldSet(member, result);
  }

  /** The members as paths, such as {@code .spec.listeners[name="x"].port}. */
  List<String> paths() {
    List<String> result = new ArrayList<>();
    collect("", result);
    return result;
  }

  private void collect(String path, List<String> into) {
    if (member) {
      into.add(path);
    }
    children.forEach((step, set) -> set.collect(path + step, into));
  }

  ObjectNode encode() {
    ObjectNode node = Json.object();
    if (member && !children.isEmpty()) {
      node.putObject(".");
    }
    children.forEach((step, set) -> node.set(step.encoded(), set.encode()));
    return node;
  }

  static FieldSet decode(JsonNode node) {
    FieldSet root = decodeNode(node);
    return root.children.isEmpty() ? EMPTY : new FieldSet(false, root.children);
  }

  private static FieldSet decodeNode(JsonNode node) {
    SortedMap<PathElement, FieldSet> children = new TreeMap<>();
    boolean member = node.isEmpty();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getKey().equals(".")) {
        member = true;
      } else {
        children.put(PathElement.decode(entry.getKey()), decodeNode(entry.getValue()));
      }
    }
    return new FieldSet(member, children);
  }
}
