package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import java.util.List;

/** What a write through one path may change of an object. */
final class Scopes {
  private static final List<String> SERVER_OWNED =
      List.of(
          Meta.UID,
          Meta.CREATION_TIMESTAMP,
          Meta.DELETION_TIMESTAMP,
          Meta.DELETION_GRACE,
          Meta.GENERATION,
          Meta.RESOURCE_VERSION,
          Meta.NAME,
          Meta.NAMESPACE,
          "generateName");

  private Scopes() {}

  /** {@code object} with all that the target's path does not write as it was. */
  static ObjectNode limit(Target target, ObjectNode object, ObjectNode live) {
    if (target.subresource().equals("status")) {
      ObjectNode result = live.deepCopy();
      copy(object, result, "status");
      return result;
    }
    ObjectNode result = object.deepCopy();
    if (target.type().subresources().status()) {
      copy(live, result, "status");
    }
    ObjectNode metadata = Meta.mutable(result);
    JsonNode before = live.path("metadata");
    SERVER_OWNED.forEach(field -> copy(before, metadata, field));
    if (Meta.of(live).deleting()) {
      keepNoNewFinalizers(metadata, Meta.of(live).finalizers());
    }
    return result;
  }

  private static void copy(JsonNode from, ObjectNode to, String field) {
    if (from.has(field)) {
      to.set(field, from.get(field));
    } else {
      to.remove(field);
    }
  }

  /** A deletion under way takes no further finalizers. */
  private static void keepNoNewFinalizers(ObjectNode metadata, List<String> before) {
    List<String> kept =
        Json.strings(metadata.path(Meta.FINALIZERS)).stream().filter(before::contains).toList();
    if (kept.isEmpty()) {
      metadata.remove(Meta.FINALIZERS);
    } else {
      ArrayNode array = metadata.putArray(Meta.FINALIZERS);
      kept.forEach(array::add);
    }
  }
}
