package io.warmgate.operator.gather;

import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ParentRef;
import io.warmgate.operator.snapshot.AttachedModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Which gateways of a namespace serve which of its models: those whose routes name them. */
final class ModelReading {
  private ModelReading() {}

  /** Those that routes of the gateway name. */
  static List<AttachedModel> named(
      List<AiModelBackend> models,
      String gateway,
      Collection<String> gateways,
      List<ApiRoute> routes) {
    Map<String, NavigableSet<String>> serving = serving(gateways, routes);
    List<AttachedModel> named = new ArrayList<>();
    for (AiModelBackend model : models) {
      NavigableSet<String> all =
          new TreeSet<>(serving.getOrDefault(model.getMetadata().getName(), new TreeSet<>()));
      if (all.remove(gateway)) {
        named.add(new AttachedModel(model, all));
      }
    }
    return named;
  }

  /** Those that no route of these gateways names. */
  static List<AttachedModel> unnamed(
      List<AiModelBackend> models, Collection<String> gateways, List<ApiRoute> routes) {
    Map<String, NavigableSet<String>> serving = serving(gateways, routes);
    return models.stream()
        .filter(model -> !serving.containsKey(model.getMetadata().getName()))
        .map(model -> new AttachedModel(model, new TreeSet<>()))
        .toList();
  }

  private static Map<String, NavigableSet<String>> serving(
      Collection<String> gateways, List<ApiRoute> routes) {
    Map<String, NavigableSet<String>> serving = new HashMap<>();
    for (ApiRoute route : routes) {
      for (ParentRef parent : route.getSpec().parentRefs()) {
        if (gateways.contains(parent.name())) {
          AttachedModel.named(route)
              .forEach(
                  model -> serving.computeIfAbsent(model, _ -> new TreeSet<>()).add(parent.name()));
        }
      }
    }
    return serving;
  }
}
