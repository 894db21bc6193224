package io.warmgate.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.query.Tables;
import io.warmgate.local.api.resource.ResourceType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The form in which a client wants objects.
 *
 * @param shape what is told of an object
 * @param include what a table's rows carry
 * @param isYaml whether as YAML, else as JSON
 */
record Representation(Shape shape, Tables.Include include, boolean isYaml) {
  /** The {@code as} of the Accept header. */
  enum Shape {
    OBJECT,
    TABLE,
    METADATA
  }

  static Representation of(String accept, Parameters parameters) {
    Shape shape =
        accept.contains("as=Table")
            ? Shape.TABLE
            : accept.contains("as=PartialObjectMetadata") ? Shape.METADATA : Shape.OBJECT;
    Tables.Include include =
        switch (parameters.text("includeObject").toLowerCase(Locale.ROOT)) {
          case "none" -> Tables.Include.NONE;
          case "object" -> Tables.Include.OBJECT;
          default -> Tables.Include.METADATA;
        };
    String preferred = accept.split("[,;]", 2)[0].strip();
    return new Representation(shape, include, preferred.equals("application/yaml"));
  }

  String contentType() {
    return isYaml ? "application/yaml" : "application/json";
  }

  byte[] encode(JsonNode node) {
    return isYaml ? Json.yaml(node).getBytes(StandardCharsets.UTF_8) : Json.bytes(node);
  }

  /** One object. */
  ObjectNode one(ResourceType type, ObjectNode object) {
    ObjectNode served = inVersion(type, object);
    return switch (shape) {
      case OBJECT -> served;
      case TABLE -> Tables.of(type, List.of(served), versionOf(object), include, Instant.now());
      case METADATA -> Tables.metadataOnly(served);
    };
  }

  private static ObjectNode versionOf(ObjectNode object) {
    return Json.object().put(Meta.RESOURCE_VERSION, Meta.of(object).resourceVersion());
  }

  /** A list at a version of the store. */
  ObjectNode list(ResourceType type, List<ObjectNode> objects, long version) {
    ObjectNode metadata = Json.object().put(Meta.RESOURCE_VERSION, Long.toString(version));
    List<ObjectNode> served = objects.stream().map(o -> inVersion(type, o)).toList();
    return switch (shape) {
      case TABLE -> Tables.of(type, served, metadata, include, Instant.now());
      case OBJECT ->
          items(
              type.names().listKind(),
              type.names().apiVersion(),
              metadata,
              type.isCustom() ? served : served.stream().map(Representation::asItem).toList());
      case METADATA ->
          items(
              "PartialObjectMetadataList",
              "meta.k8s.io/v1",
              metadata,
              served.stream().map(Tables::metadataOnly).toList());
    };
  }

  /** Items of built-in lists do not repeat what the list says: their kind. */
  private static ObjectNode asItem(ObjectNode object) {
    ObjectNode item = Json.object();
    item.setAll(object);
    item.remove(List.of("apiVersion", "kind"));
    return item;
  }

  private static ObjectNode items(
      String kind, String apiVersion, ObjectNode metadata, List<ObjectNode> objects) {
    ObjectNode list = Json.object().put("kind", kind).put("apiVersion", apiVersion);
    list.set("metadata", metadata);
    ArrayNode items = list.putArray("items");
    objects.forEach(items::add);
    return list;
  }

  /** Objects are stored in one version and differ between versions by that alone. */
  private static ObjectNode inVersion(ResourceType type, ObjectNode object) {
    String apiVersion = type.names().apiVersion();
    if (object.path("apiVersion").asText().equals(apiVersion)) {
      return object;
    }
    ObjectNode copy = Json.object();
    copy.setAll(object);
    return copy.put("apiVersion", apiVersion);
  }
}
