package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.query.JsonPath;
import io.warmgate.local.api.resource.ResourceType;
import io.warmgate.local.api.schema.Schema;
import java.util.List;
import java.util.stream.Collectors;

/** The {@code scale} subresource: an object seen as an {@code autoscaling/v1 Scale}. */
public final class Scales {
  /** Of a Scale no list merges, so that any schema serves. */
  static final Schema SCHEMA = Schema.ANY;

  private Scales() {}

  private static ResourceType.ScalePaths paths(ResourceType type) {
    return type.subresources().scale().orElseThrow(ApiException::noSuchPath);
  }

  public static ObjectNode scale(ResourceType type, ObjectNode object) {
    ResourceType.ScalePaths paths = paths(type);
    Meta meta = Meta.of(object);
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field :
        List.of(
            Meta.NAME, Meta.NAMESPACE, Meta.UID, Meta.RESOURCE_VERSION, Meta.CREATION_TIMESTAMP)) {
      if (meta.get(field).isTextual()) {
        metadata.set(field, meta.get(field));
      }
    }
    scale.putObject("spec").set("replicas", Json.number(number(paths.specReplicas(), object)));
    ObjectNode status = scale.putObject("status");
    status.set("replicas", Json.number(number(paths.statusReplicas(), object)));
    String selector = selector(paths.selector(), object);
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  private static long number(String path, ObjectNode object) {
    return JsonPath.parse(path).find(object).stream()
        .mapToLong(n -> n.asLong(0))
        .findFirst()
        .orElse(0);
  }

  private static String selector(String path, ObjectNode object) {
    if (path.isEmpty()) {
      return "";
    }
    return JsonPath.parse(path).find(object).stream()
        .map(Scales::selectorText)
        .findFirst()
        .orElse("");
  }

  private static String selectorText(JsonNode selector) {
    return selector.isTextual()
        ? selector.asText()
        : selector.path("matchLabels").properties().stream()
            .map(e -> e.getKey() + "=" + e.getValue().asText())
            .collect(Collectors.joining(","));
  }

  /** Sets the object's wanted replicas from a Scale. */
  static void setReplicas(ResourceType type, ObjectNode object, JsonNode scale) {
    JsonNode replicas = scale.at("/spec/replicas");
    if (!replicas.isIntegralNumber() || replicas.asLong() < 0) {
      throw ApiException.badRequest("spec.replicas must be a number that is not negative");
    }
    JsonPath.parse(paths(type).specReplicas()).set(object, replicas);
  }
}
