package io.warmgate.server.listener;

import io.warmgate.config.Backend;
import io.warmgate.config.BackendLimits;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.ClientLimits;
import io.warmgate.config.Ejection;
import io.warmgate.config.Filter;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.GatewayRef;
import io.warmgate.config.Listener;
import io.warmgate.config.LoadBalancing;
import io.warmgate.config.Match;
import io.warmgate.config.PathMatch;
import io.warmgate.config.Retry;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Telemetry;
import io.warmgate.config.Timeouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Configurations for tests, built from what a test cares about. */
final class Configs {
  private List<Listener> listeners = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();
  private final Map<String, Backend> backends = new TreeMap<>();
  private ClientLimits limits = new ClientLimits(16_384, 0, 10_000, 60_000, 10_000);

  static Configs on(int port) {
    Configs configs = new Configs();
    configs.listeners.add(
        new Listener("http", port, port, Listener.Protocol.HTTP, null, null, List.of()));
    return configs;
  }

  Configs listeners(List<Listener> all) {
    listeners = new ArrayList<>(all);
    return this;
  }

  Configs limits(ClientLimits changed) {
    limits = changed;
    return this;
  }

  /** A backend on this machine. */
  Configs backend(int port) {
    return backend(port, backend -> backend);
  }

  Configs backend(int port, UnaryOperator<Backend> change) {
    String id = "b" + port;
    backends.put(
        id,
        change.apply(
            new Backend(
                id,
                new Backend.Service("test/" + id + ":" + port, "127.0.0.1", port),
                null,
                new LoadBalancing(LoadBalancing.Policy.LEAST_REQUEST, null),
                new Ejection(0, 0),
                new BackendLimits(null, null, 0, 0))));
    return this;
  }

  Configs rule(Rule rule) {
    routes.add(
        new Route(
            "test/r" + routes.size(),
            listeners.stream().map(Listener::name).toList(),
            List.of(),
            List.of(rule)));
    return this;
  }

  /** Everything below {@code prefix} to a backend. */
  Configs route(String prefix, int port, Filter... filters) {
    return rule(rule(prefix, port, new Timeouts(0, 0), new Retry(0, 0), filters));
  }

  static Rule rule(String prefix, int port, Timeouts timeouts, Retry retry, Filter... filters) {
    return new Rule(
        "0",
        List.of(
            new Match(new PathMatch(PathMatch.Type.PREFIX, prefix), List.of(), List.of(), null)),
        List.of(filters),
        List.of(new BackendRef("b" + port, 1, "g1")),
        null,
        timeouts,
        retry,
        null);
  }

  GatewayConfig build() {
    return new GatewayConfig(
        new GatewayRef("test", "edge", "uid-1"),
        listeners,
        routes,
        List.copyOf(backends.values()),
        new CacheLayers(0, null),
        limits,
        new Telemetry(false, null));
  }
}
