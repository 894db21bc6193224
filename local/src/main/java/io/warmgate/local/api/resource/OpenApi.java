package io.warmgate.local.api.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * OpenAPI v3 documents, one a group and version: the schemas, and of the paths as much as {@code
 * kubectl} reads (which kinds there are, that {@code fieldValidation} is understood).
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v3">OpenAPI
 *     v3</a>
 */
public record OpenApi(ResourceRegistry registry) {
  private static final String SCHEMAS = "#/components/schemas/";
  private static final List<String> PATCH_PARAMETERS =
      List.of("dryRun", "fieldManager", "fieldValidation", "force");

  /** {@code /openapi/v3}: where each document is. */
  public ObjectNode index() {
    ObjectNode result = Json.object();
    ObjectNode paths = result.putObject("paths");
    add(paths, "api/v1");
    registry
        .groups()
        .forEach((group, versions) -> versions.forEach(v -> add(paths, "apis/" + group + "/" + v)));
    return result;
  }

  private static void add(ObjectNode paths, String path) {
    paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
  }

  /** {@code /openapi/v3/apis/<group>/<version>}. */
  public ObjectNode document(String group, String version) {
    ObjectNode result = Json.object().put("openapi", "3.0.0");
    result.putObject("info").put("title", "Warmgate embedded API server").put("version", "v1");
    ObjectNode paths = result.putObject("paths");
    ObjectNode schemas = result.putObject("components").putObject("schemas");
    for (ResourceType type : registry.of(group, version)) {
      addPaths(paths, type);
      addSchemas(schemas, type);
    }
    return result;
  }

  private static void addPaths(ObjectNode paths, ResourceType type) {
    ResourceType.Names names = type.names();
    String root = names.group().isEmpty() ? "/api/" : "/apis/";
    String scope = names.namespaced() ? "/namespaces/{namespace}/" : "/";
    String all = root + names.apiVersion() + scope + names.plural();
    operation(paths.putObject(all), "get", "list", type);
    operation(Json.child(paths, all), "post", "post", type);
    ObjectNode one = paths.putObject(all + "/{name}");
    operation(one, "get", "get", type);
    operation(one, "put", "put", type);
    operation(one, "delete", "delete", type);
    ArrayNode parameters = operation(one, "patch", "patch", type).putArray("parameters");
    for (String name : PATCH_PARAMETERS) {
      ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
      parameter.putObject("schema").put("type", name.equals("force") ? "boolean" : "string");
    }
  }

  private static ObjectNode operation(
      ObjectNode path, String method, String action, ResourceType type) {
    ObjectNode operation = path.putObject(method).put("x-kubernetes-action", action);
    operation.set("x-kubernetes-group-version-kind", gvk(type));
    operation
        .putObject("responses")
        .putObject("200")
        .put("description", "OK")
        .putObject("content")
        .putObject("application/json")
        .putObject("schema")
        .put("$ref", SCHEMAS + schemaName(type));
    return operation;
  }

  private static ObjectNode gvk(ResourceType type) {
    return Json.object()
        .put("group", type.names().group())
        .put("kind", type.names().kind())
        .put("version", type.names().version());
  }

  /** Such as {@code io.warmgate.v1alpha1.ApiGateway}: the group's domain the other way round. */
  private static String schemaName(ResourceType type) {
    ResourceType.Names names = type.names();
    List<String> domain = List.of(names.group().split("\\.", -1)).reversed();
    String prefix = String.join(".", domain).toLowerCase(Locale.ROOT);
    return prefix + "." + names.version() + "." + names.kind();
  }

  private void addSchemas(ObjectNode schemas, ResourceType type) {
    ObjectNode published = registry.builtIn().published();
    String name = schemaName(type);
    switch (type.origin()) {
      case ResourceType.Origin.Custom custom -> {
        ObjectNode schema = CustomTypes.complete(custom.rawSchema(), published);
        ObjectNode metadata =
            Json.object().put("$ref", SCHEMAS + "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
        Json.child(schema, "properties").set("metadata", metadata);
        schema.putArray("x-kubernetes-group-version-kind").add(gvk(type));
        schemas.set(name, schema);
        addReferred(schemas, schema, published);
      }
      case ResourceType.Origin.BuiltIn _ -> {
        for (Map.Entry<String, JsonNode> definition : published.properties()) {
          if (isOf(definition.getValue(), type)) {
            schemas.set(name, definition.getValue());
            addReferred(schemas, definition.getValue(), published);
          }
        }
      }
    }
  }

  private static boolean isOf(JsonNode definition, ResourceType type) {
    for (JsonNode kind : definition.path("x-kubernetes-group-version-kind")) {
      if (kind.equals(gvk(type))) {
        return true;
      }
    }
    return false;
  }

  private static void addReferred(ObjectNode schemas, JsonNode from, ObjectNode published) {
    Deque<JsonNode> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      JsonNode ref = node.path("$ref");
      if (ref.isTextual()) {
        String name = ref.textValue().substring(SCHEMAS.length());
        if (!schemas.has(name) && published.has(name)) {
          schemas.set(name, published.get(name));
          open.push(published.get(name));
        }
      }
      node.forEach(open::push);
    }
  }
}
