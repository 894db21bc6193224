package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheTarget;
import io.warmgate.crd.v1alpha1.RouteRule;
import io.warmgate.crd.v1alpha1.TargetKind;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a policy can be for: the gateway, its routes, and their named rules. */
record PolicyTargets(String gateway, Map<String, ApiRoute> routes) {

  static PolicyTargets of(Snapshot snapshot) {
    Map<String, ApiRoute> routes = new HashMap<>();
    snapshot
        .attachments()
        .routes()
        .forEach(route -> routes.put(route.getMetadata().getName(), route));
    return new PolicyTargets(snapshot.name(), routes);
  }

  boolean exists(CacheTarget target) {
    if (target.kind() == TargetKind.API_GATEWAY) {
      return target.name().equals(gateway);
    }
    ApiRoute route = routes.get(target.name());
    return route != null
        && (target.sectionName() == null
            || route.getSpec().rules().stream()
                .map(RouteRule::name)
                .anyMatch(name -> Objects.equals(name, target.sectionName())));
  }

  static String described(CacheTarget target) {
    String kind = target.kind() == TargetKind.API_ROUTE ? "ApiRoute/" : "ApiGateway/";
    return target.sectionName() == null
        ? kind + target.name()
        : "rule '" + target.sectionName() + "' of " + kind + target.name();
  }

  static String described(Map<CacheTarget, String> elsewhere) {
    return elsewhere.entrySet().stream()
        .map(entry -> described(entry.getKey()) + " belongs to '" + entry.getValue() + "'")
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
