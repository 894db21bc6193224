package io.warmgate.server.traffic;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.admin.RuleTraffic;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The counters of every rule. A rule that is in the next configuration too goes on counting in
 * those that it has; what no configuration names any more goes.
 */
public final class TrafficBook {
  private final Map<Name, RuleCounters> rules = new ConcurrentHashMap<>();
  private final long began = System.nanoTime();

  private record Name(String route, String rule) {}

  /** For how long it has been there, in milliseconds. */
  public long uptimeMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  /** Those of a rule of a configuration that may be served next. */
  public RuleCounters of(String route, Rule rule) {
    RuleCounters counters =
        rules.computeIfAbsent(
            new Name(route, rule.id()), name -> new RuleCounters(name.route(), name.rule()));
    counters.add(rule, uptimeMillis());
    return counters;
  }

  /** This configuration is served: what it does not name is not counted any more. */
  public void keep(GatewayConfig config) {
    Map<Name, Set<String>> named = new HashMap<>();
    for (Route route : config.routes()) {
      for (Rule rule : route.allRules()) {
        Set<String> generations =
            named.computeIfAbsent(new Name(route.id(), rule.id()), _ -> new HashSet<>());
        rule.backends().forEach(backend -> generations.add(backend.generation()));
      }
    }
    rules.keySet().retainAll(named.keySet());
    named.forEach(
        (name, generations) -> {
          RuleCounters counters = rules.get(name);
          if (counters != null) {
            counters.keep(generations);
          }
        });
  }

  /** What was counted so far, of the rules that were asked anything. */
  public List<RuleTraffic> read() {
    return rules.values().stream()
        .map(RuleCounters::read)
        .filter(rule -> rule.own() > 0 || !rule.releases().isEmpty())
        .sorted(Comparator.comparing(RuleTraffic::route).thenComparing(RuleTraffic::rule))
        .toList();
  }
}
