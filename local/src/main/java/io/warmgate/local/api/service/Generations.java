package io.warmgate.local.api.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.object.Meta;
import io.warmgate.local.api.resource.ResourceType;
import io.warmgate.local.api.store.ResourceId;
import java.util.List;
import java.util.Set;

/** {@code metadata.generation}: counts the changes of what is wanted. */
final class Generations {
  private static final Set<ResourceId> BUILT_IN =
      Set.of(
          new ResourceId("", "pods"),
          new ResourceId("apps", "deployments"),
          new ResourceId("apps", "replicasets"),
          new ResourceId("apps", "statefulsets"),
          new ResourceId("policy", "poddisruptionbudgets"),
          new ResourceId("autoscaling", "horizontalpodautoscalers"),
          new ResourceId("networking.k8s.io", "networkpolicies"),
          new ResourceId("discovery.k8s.io", "endpointslices"),
          new ResourceId("apiextensions.k8s.io", "customresourcedefinitions"));

  private Generations() {}

  static boolean has(ResourceType type) {
    return type.isCustom() || BUILT_IN.contains(type.id());
  }

  /** Advances {@code next} where it differs in anything but metadata and status. */
  static void advance(ResourceType type, ObjectNode next, ObjectNode live) {
    if (has(type) && !wanted(type, next).equals(wanted(type, live))) {
      long generation = Meta.of(live).generation() + 1;
      Meta.mutable(next).set(Meta.GENERATION, Json.number(generation));
    }
  }

  private static ObjectNode wanted(ResourceType type, ObjectNode object) {
    ObjectNode copy = Json.object();
    copy.setAll(object);
    copy.remove(List.of("metadata", "apiVersion", "kind"));
    if (type.subresources().status()) {
      copy.remove("status");
    }
    return copy;
  }
}
