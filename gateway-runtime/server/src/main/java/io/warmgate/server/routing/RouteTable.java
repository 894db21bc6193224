package io.warmgate.server.routing;

import io.vertx.core.MultiMap;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Listener;
import io.warmgate.config.Match;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.server.filter.RuleFilters;
import io.warmgate.server.traffic.TrafficBook;
import io.warmgate.server.uri.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration's routes, compiled: which rule takes a request. Immutable once compiled; lookups
 * are hash lookups, so that ten thousand routes cost what ten do.
 */
public final class RouteTable {
  private final Map<String, HostTable> listeners = new HashMap<>();

  private RouteTable() {}

  /**
   * @param traffic where the rules' requests are counted
   * @throws io.warmgate.config.ConfigException where an expression or a filter is wrong
   */
  public static RouteTable compile(GatewayConfig config, TrafficBook traffic) {
    RouteTable table = new RouteTable();
    for (Listener listener : config.listeners()) {
      table.listeners.put(listener.name(), new HostTable(listener.hostname()));
    }
    int order = 0;
    for (Route route : config.routes()) {
      for (Rule rule : route.rules()) {
        String path = "routes[" + route.id() + "].rules[" + rule.id() + "]";
        RoutedRule routed =
            new RoutedRule(
                route.id(), rule, RuleFilters.compile(path, rule), traffic.of(route.id(), rule));
        for (int i = 0; i < rule.matches().size(); i++) {
          table.add(route, routed, path + ".matches[" + i + "]", rule.matches().get(i), order++);
        }
      }
    }
    table.listeners.values().forEach(HostTable::freeze);
    return table;
  }

  private void add(Route route, RoutedRule rule, String path, Match match, int order) {
    Candidate candidate = Candidate.compile(path, rule, match, order);
    List<String> hosts = route.hostnames().isEmpty() ? List.of("") : route.hostnames();
    for (String listener : route.listeners()) {
      for (String host : hosts) {
        HostTable table = listeners.get(listener);
        if (table != null) {
          table.table(host).add(path, match.path(), candidate);
        }
      }
    }
  }

  /** Whether the host is the listener's at all. */
  public boolean takes(String listener, String host) {
    HostTable table = listeners.get(listener);
    return table != null && table.takes(host);
  }

  /** The rule that takes the request; null where none does. */
  public @Nullable Matched find(String listener, Target target, String method, MultiMap headers) {
    HostTable table = listeners.get(listener);
    return table == null ? null : table.find(target, method, headers);
  }
}
