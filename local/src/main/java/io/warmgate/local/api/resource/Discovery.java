package io.warmgate.local.api.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import java.util.List;
import java.util.Map;

/**
 * What the server says about what it serves.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api">Discovery
 *     API</a>
 */
public record Discovery(ResourceRegistry registry) {
  private static final List<String> SUBRESOURCE_VERBS = List.of("get", "patch", "update");

  /** {@code /api}. */
  public ObjectNode versions(String address) {
    ObjectNode result = Json.object().put("kind", "APIVersions");
    result.putArray("versions").add("v1");
    result
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", address);
    return result;
  }

  /** {@code /apis}. */
  public ObjectNode groups() {
    ObjectNode result = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = result.putArray("groups");
    registry.groups().forEach((name, versions) -> groups.add(group(name, versions)));
    return result;
  }

  /** An entry of {@code /apis}. */
  private static ObjectNode group(String name, List<String> versions) {
    ObjectNode group = Json.object().put("name", name);
    ArrayNode list = group.putArray("versions");
    versions.forEach(version -> list.add(version(name, version)));
    group.set("preferredVersion", version(name, versions.getFirst()));
    return group;
  }

  private static ObjectNode version(String group, String version) {
    return Json.object().put("groupVersion", group + "/" + version).put("version", version);
  }

  /** {@code /apis/<group>}; its versions must not be empty. */
  public ObjectNode groupDocument(String name, List<String> versions) {
    ObjectNode document = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
    document.setAll(group(name, versions));
    return document;
  }

  /** {@code /api/v1} or {@code /apis/<group>/<version>}. */
  public ObjectNode resources(String group, String version) {
    ObjectNode result = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    result.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode resources = result.putArray("resources");
    for (ResourceType type : registry.of(group, version)) {
      ResourceType.Names names = type.names();
      ObjectNode entry = entry(names.plural(), names.singular(), names.kind(), type);
      addAll(entry.putArray("verbs"), type.verbs());
      putUnlessEmpty(entry, "shortNames", names.shortNames());
      putUnlessEmpty(entry, "categories", names.categories());
      resources.add(entry);
      if (type.subresources().status()) {
        ObjectNode status = entry(names.plural() + "/status", "", names.kind(), type);
        addAll(status.putArray("verbs"), SUBRESOURCE_VERBS);
        resources.add(status);
      }
      if (type.subresources().scale().isPresent()) {
        ObjectNode scale = entry(names.plural() + "/scale", "", "Scale", type);
        addAll(
            scale.put("group", "autoscaling").put("version", "v1").putArray("verbs"),
            SUBRESOURCE_VERBS);
        resources.add(scale);
      }
      if (type.subresources().log()) {
        ObjectNode log = entry(names.plural() + "/log", "", names.kind(), type);
        log.putArray("verbs").add("get");
        resources.add(log);
      }
    }
    return result;
  }

  private static ObjectNode entry(String name, String singular, String kind, ResourceType type) {
    return Json.object()
        .put("name", name)
        .put("singularName", singular)
        .put("namespaced", type.names().namespaced())
        .put("kind", kind);
  }

  private static void addAll(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }

  private static void putUnlessEmpty(ObjectNode entry, String field, List<String> values) {
    if (!values.isEmpty()) {
      addAll(entry.putArray(field), values);
    }
  }

  /** The aggregated form: everything in one document ({@code apidiscovery.k8s.io/v2}). */
  public ObjectNode aggregated(Map<String, List<String>> groups) {
    ObjectNode result =
        Json.object()
            .put("kind", "APIGroupDiscoveryList")
            .put("apiVersion", "apidiscovery.k8s.io/v2");
    result.putObject("metadata");
    ArrayNode items = result.putArray("items");
    groups.forEach(
        (group, versions) -> {
          ObjectNode item = items.addObject();
          item.putObject("metadata").put("name", group);
          ArrayNode list = item.putArray("versions");
          versions.forEach(version -> list.add(aggregatedVersion(group, version)));
        });
    return result;
  }

  private ObjectNode aggregatedVersion(String group, String version) {
    ObjectNode result = Json.object().put("version", version).put("freshness", "Current");
    ArrayNode resources = result.putArray("resources");
    for (ResourceType type : registry.of(group, version)) {
      ResourceType.Names names = type.names();
      ObjectNode entry = resources.addObject().put("resource", names.plural());
      entry.set("responseKind", kind(group, version, names.kind()));
      entry.put("scope", names.namespaced() ? "Namespaced" : "Cluster");
      entry.put("singularResource", names.singular());
      addAll(entry.putArray("verbs"), type.verbs());
      putUnlessEmpty(entry, "shortNames", names.shortNames());
      putUnlessEmpty(entry, "categories", names.categories());
      ArrayNode below = Json.array();
      if (type.subresources().status()) {
        below.add(subresource("status", kind(group, version, names.kind()), SUBRESOURCE_VERBS));
      }
      if (type.subresources().scale().isPresent()) {
        below.add(subresource("scale", kind("autoscaling", "v1", "Scale"), SUBRESOURCE_VERBS));
      }
      if (type.subresources().log()) {
        below.add(subresource("log", kind(group, version, names.kind()), List.of("get")));
      }
      if (!below.isEmpty()) {
        entry.set("subresources", below);
      }
    }
    return result;
  }

  private static ObjectNode kind(String group, String version, String kind) {
    return Json.object().put("group", group).put("version", version).put("kind", kind);
  }

  private static ObjectNode subresource(String name, ObjectNode kind, List<String> verbs) {
    ObjectNode result = Json.object().put("subresource", name);
    result.set("responseKind", kind);
    addAll(result.putArray("verbs"), verbs);
    return result;
  }
}
