package io.warmgate.local.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.schema.Definitions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds that are part of the server. {@code builtin-types.json} is cut out of a real API
 * server's discovery and OpenAPI documents; {@code builtin-defaults.json} says what those leave to
 * Go code: which fields are required and their defaults.
 */
public final class BuiltInTypes {
  private static final String EXTENSION = "x-kubernetes-group-version-kind";

  private final ObjectNode document;
  private final ObjectNode published;
  private final Definitions definitions;
  private final List<ResourceType> types = new ArrayList<>();

  public BuiltInTypes() {
    this.document = (ObjectNode) resource("builtin-types.json");
    this.published = (ObjectNode) document.required("definitions");
    this.definitions = Definitions.refined(published.deepCopy(), resource("builtin-defaults.json"));
    Map<String, String> byKind = new HashMap<>();
    for (Map.Entry<String, JsonNode> definition : published.properties()) {
      for (JsonNode kind : definition.getValue().path(EXTENSION)) {
        byKind.putIfAbsent(
            apiVersion(kind) + " " + kind.path("kind").asText(), definition.getKey());
      }
    }
    for (JsonNode group : document.required("groups")) {
      addGroup(group, byKind);
    }
  }

  private static JsonNode resource(String name) {
    try (InputStream in = BuiltInTypes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return Json.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String apiVersion(JsonNode kind) {
    String group = kind.path("group").asText();
    return (group.isEmpty() ? "" : group + "/") + kind.path("version").asText();
  }

  private void addGroup(JsonNode group, Map<String, String> byKind) {
    String apiVersion = group.path("groupVersion").asText();
    Set<String> paths = new HashSet<>();
    group.path("resources").forEach(r -> paths.add(r.path("name").asText()));
    for (JsonNode resource : group.path("resources")) {
      String plural = resource.path("name").asText();
      String definition = byKind.get(apiVersion + " " + resource.path("kind").asText());
      if (!plural.contains("/") && definition != null) {
        types.add(type(apiVersion, resource, definition, paths));
      }
    }
  }

  private ResourceType type(
      String apiVersion, JsonNode resource, String definition, Set<String> paths) {
    int slash = apiVersion.indexOf('/');
    String plural = resource.path("name").asText();
    String kind = resource.path("kind").asText();
    ResourceType.Names names =
        new ResourceType.Names(
            slash < 0 ? "" : apiVersion.substring(0, slash),
            apiVersion.substring(slash + 1),
            kind,
            kind + "List",
            plural,
            resource.path("singularName").asText(),
            Json.strings(resource.path("shortNames")),
            Json.strings(resource.path("categories")),
            resource.path("namespaced").asBoolean());
    Optional<ResourceType.ScalePaths> scale =
        paths.contains(plural + "/scale")
            ? Optional.of(
                new ResourceType.ScalePaths(".spec.replicas", ".status.replicas", ".spec.selector"))
            : Optional.empty();
    return new ResourceType(
        names,
        definitions.named(definition),
        Json.strings(resource.path("verbs")),
        new ResourceType.Subresources(
            paths.contains(plural + "/status"), scale, paths.contains(plural + "/log")),
        new ResourceType.Origin.BuiltIn());
  }

  public List<ResourceType> types() {
    return List.copyOf(types);
  }

  public Definitions definitions() {
    return definitions;
  }

  /** The schemas by name as they are published, for OpenAPI documents. */
  public ObjectNode published() {
    return published;
  }
}
