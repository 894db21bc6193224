package io.warmgate.operator.status;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CacheTarget;
import io.warmgate.operator.status.PolicyTraffic.OfRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cached rules of a gateway that were asked anything lately, by the name of their route. */
final class CountedRules {
  private final String gateway;
  private final Map<String, List<OfRule>> byRoute = new HashMap<>();

  /**
   * @param served by the pods
   * @param wanted what they serve next: what rules were asked that are cached otherwise there does
   *     not count; null: the same
   */
  CountedRules(GatewayConfig served, @Nullable GatewayConfig wanted, List<RuleTraffic> traffic) {
    gateway = served.gateway().name();
    if (traffic.isEmpty()) {
      return;
    }
    Map<String, Route> now = routes(served);
    Map<String, Route> next = wanted == null ? now : routes(wanted);
    for (RuleTraffic counted : traffic) {
      Rule rule = rule(now, counted);
      Rule then = rule(next, counted);
      if (rule != null
          && then != null
          && rule.cache() != null
          && rule.cache().equals(then.cache())) {
        String name = counted.route().substring(counted.route().indexOf('/') + 1);
        byRoute
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(new OfRule(name, rule, counted.clients()));
      }
    }
  }

  private static Map<String, Route> routes(GatewayConfig config) {
    return config.routes().stream().collect(Collectors.toMap(Route::id, Function.identity()));
  }

  private static @Nullable Rule rule(Map<String, Route> routes, RuleTraffic counted) {
    Route route = routes.get(counted.route());
    return route == null
        ? null
        : route.rules().stream()
            .filter(rule -> rule.id().equals(counted.rule()))
            .findFirst()
            .orElse(null);
  }

  /** Those that a policy is for. */
  PolicyTraffic of(CachePolicy policy) {
    Set<OfRule> rules = new LinkedHashSet<>();
    for (CacheTarget target : policy.getSpec().targetRefs()) {
      switch (target.kind()) {
        case API_GATEWAY -> {
          if (target.name().equals(gateway)) {
            byRoute.values().forEach(rules::addAll);
          }
        }
        case API_ROUTE ->
            byRoute.getOrDefault(target.name(), List.of()).stream()
                .filter(
                    rule ->
                        target.sectionName() == null
                            || Objects.equals(target.sectionName(), rule.rule().id()))
                .forEach(rules::add);
      }
    }
    return PolicyTraffic.of(rules);
  }
}
