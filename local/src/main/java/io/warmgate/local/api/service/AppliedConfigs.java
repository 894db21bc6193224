package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.resource.ResourceType;
import io.warmgate.local.api.schema.Defaulting;
import io.warmgate.local.api.schema.Pruning;
import java.util.List;
import java.util.stream.Collectors;

/** Reads what a client applies. */
final class AppliedConfigs {
  private AppliedConfigs() {}

  /**
   * The configuration with its identity complete, and of its parts those that this path writes.
   *
   * @throws ApiException if it is not of the target or names fields that the schema does not know
   */
  static ObjectNode read(Target target, JsonNode config) {
    ResourceType type = target.type();
    ObjectNode wanted = Decoder.identified(type, config);
    ObjectNode metadata = Meta.mutable(wanted);
    String name = metadata.path(Meta.NAME).asText(target.name());
    if (!name.equals(target.name())) {
      throw ApiException.badRequest(
          "metadata.name does not match the URL: %s, %s".formatted(name, target.name()));
    }
    if (metadata.path(Meta.MANAGED_FIELDS).isArray()) {
      throw ApiException.badRequest("metadata.managedFields must be nil");
    }
    metadata.put(Meta.NAME, name);
    if (!type.isCustom()) {
      Defaulting.removeNulls(wanted);
    }
    refuseUnknown(target, wanted);
    if (type.names().namespaced()) {
      metadata.put(Meta.NAMESPACE, target.namespace());
    }
    if (target.subresource().equals("status")) {
      return statusOf(wanted);
    }
    if (type.subresources().status()) {
      wanted.remove("status");
    }
    return wanted;
  }

  private static ObjectNode statusOf(ObjectNode wanted) {
    ObjectNode result = Json.object();
    List.of("apiVersion", "kind", "status").stream()
        .filter(wanted::has)
        .forEach(field -> result.set(field, wanted.get(field)));
    ObjectNode metadata = result.putObject("metadata");
    Meta meta = Meta.of(wanted);
    metadata.put(Meta.NAME, meta.name());
    List.of(Meta.NAMESPACE, Meta.RESOURCE_VERSION, Meta.UID).stream()
        .filter(field -> meta.get(field).isTextual())
        .forEach(field -> metadata.set(field, meta.get(field)));
    return result;
  }

  private static void refuseUnknown(Target target, ObjectNode wanted) {
    List<String> unknown = Pruning.prune(target.type().schema(), wanted);
    if (unknown.isEmpty()) {
      return;
    }
    String what =
        unknown.stream()
            .map(path -> "." + path + ": field not declared in schema")
            .collect(Collectors.joining("\n  ", unknown.size() == 1 ? "" : "errors:\n  ", ""));
    throw ApiException.internal(
        "failed to create typed patch object (%s/%s; %s, Kind=%s): %s"
            .formatted(
                wanted.at("/metadata/namespace").asText(""),
                target.name(),
                target.type().names().apiVersion(),
                target.type().names().kind(),
                what));
  }
}
