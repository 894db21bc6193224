package io.warmgate.local.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.schema.Definitions;
import io.warmgate.local.api.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The types that a CustomResourceDefinition makes. Pure. */
public final class CustomTypes {
  private static final List<String> VERBS =
      List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
  private static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  private CustomTypes() {}

  /** One type for each served version. */
  public static List<ResourceType> of(JsonNode definition, ObjectNode published) {
    List<ResourceType> types = new ArrayList<>();
    for (ObjectNode version : Json.objects(definition.path("spec").path("versions"))) {
      if (version.path("served").asBoolean()) {
        types.add(type(definition.path("spec"), version, published));
      }
    }
    return types;
  }

  private static ResourceType type(JsonNode spec, ObjectNode version, ObjectNode published) {
    JsonNode given = spec.path("names");
    String kind = given.path("kind").asText();
    ResourceType.Names names =
        new ResourceType.Names(
            spec.path("group").asText(),
            version.path("name").asText(),
            kind,
            given.path("listKind").asText(kind + "List"),
            given.path("plural").asText(),
            given.path("singular").asText(),
            Json.strings(given.path("shortNames")),
            Json.strings(given.path("categories")),
            spec.path("scope").asText().equals("Namespaced"));
    JsonNode raw = version.path("schema").path("openAPIV3Schema");
    return new ResourceType(
        names,
        Schema.of(complete(raw, published), Definitions.NONE),
        VERBS,
        new ResourceType.Subresources(
            version.path("subresources").has("status"),
            scale(version.path("subresources").path("scale")),
            false),
        new ResourceType.Origin.Custom(version.path("additionalPrinterColumns"), raw));
  }

  private static Optional<ResourceType.ScalePaths> scale(JsonNode scale) {
    return scale.isObject()
        ? Optional.of(
            new ResourceType.ScalePaths(
                scale.path("specReplicasPath").asText(),
                scale.path("statusReplicasPath").asText(),
                scale.path("labelSelectorPath").asText("")))
        : Optional.empty();
  }

  /** The schema with what every object has: {@code apiVersion}, {@code kind}, {@code metadata}. */
  static ObjectNode complete(JsonNode raw, ObjectNode published) {
    ObjectNode schema = raw instanceof ObjectNode object ? object.deepCopy() : Json.object();
    schema.put("type", "object");
    ObjectNode properties = Json.child(schema, "properties");
    properties.set("apiVersion", Json.object().put("type", "string"));
    properties.set("kind", Json.object().put("type", "string"));
    properties.set("metadata", inlined(published.required(OBJECT_META), published));
    return schema;
  }

  /** A definition with every reference replaced by what it refers to. For acyclic ones. */
  private static JsonNode inlined(JsonNode node, ObjectNode published) {
    JsonNode ref = node.has("$ref") ? node.get("$ref") : node.path("allOf").path(0).path("$ref");
    if (ref.isTextual()) {
      String name = ref.textValue().substring(ref.textValue().lastIndexOf('/') + 1);
      JsonNode target = inlined(published.required(name), published);
      return name.endsWith("FieldsV1")
          ? Json.object().put("x-kubernetes-preserve-unknown-fields", true)
          : target;
    }
    JsonNode copy = node.deepCopy();
    if (copy instanceof ObjectNode object) {
      object.properties().forEach(e -> e.setValue(inlined(e.getValue(), published)));
    }
    return copy;
  }
}
