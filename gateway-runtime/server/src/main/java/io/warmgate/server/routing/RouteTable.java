package io.warmgate.server.routing;

import io.vertx.core.MultiMap;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Listener;
import io.warmgate.config.Match;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Shift;
import io.warmgate.server.filter.RuleFilters;
import io.warmgate.server.routing.Sides.Half;
import io.warmgate.server.routing.Sides.Side;
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
  private final Map<String, Sides> sides = new HashMap<>();

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
      String path = "routes[" + route.id() + "]";
      Shift shift = route.shift();
      if (shift == null) {
        order = table.add(route, path, route.rules(), null, traffic, order);
      } else {
        Sides both = Sides.compile(path + ".shift", route.id(), shift);
        table.sides.put(route.id(), both);
        order = table.add(route, path, route.rules(), new Side(both, Half.OWN), traffic, order);
        Side other = new Side(both, Half.OTHER);
        order = table.add(route, path + ".shift", shift.rules(), other, traffic, order);
      }
    }
    table.listeners.values().forEach(HostTable::freeze);
    return table;
  }

  /**
   * @param first the first match's place in {@link Candidate#order}
   * @return the next one's
   */
  private int add(
      Route route,
      String path,
      List<Rule> rules,
      @Nullable Side side,
      TrafficBook traffic,
      int first) {
    int order = first;
    for (Rule rule : rules) {
      String at = path + ".rules[" + rule.id() + "]";
      RoutedRule routed =
          new RoutedRule(
              route.id(), rule, RuleFilters.compile(at, rule), traffic.of(route.id(), rule), side);
      for (int i = 0; i < rule.matches().size(); i++) {
        add(route, routed, at + ".matches[" + i + "]", rule.matches().get(i), order++);
      }
    }
    return order;
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

  /** Whether some route has two sides: then {@link #find} needs to know a request's. */
  public boolean hasSides() {
    return !sides.isEmpty();
  }

  /** The two sides of a route; null where it has one alone, or is not there. */
  public @Nullable Sides sides(String routeId) {
    return sides.get(routeId);
  }

  /**
   * The rule that takes the request; null where none does.
   *
   * @param drawn the request's side of each route; null: each route's own
   */
  public @Nullable Matched find(
      String listener, Target target, String method, MultiMap headers, @Nullable SideDraw drawn) {
    HostTable table = listeners.get(listener);
    return table == null ? null : table.find(target, method, headers, drawn);
  }
}
