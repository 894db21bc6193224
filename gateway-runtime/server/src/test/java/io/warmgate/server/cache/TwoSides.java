package io.warmgate.server.cache;

import io.warmgate.config.Backend;
import io.warmgate.config.BackendRef;
import io.warmgate.config.CacheRule;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.LoadBalancing;
import io.warmgate.config.Match;
import io.warmgate.config.PathMatch;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Shift;
import io.warmgate.config.ValueMatch;
import io.warmgate.server.cache.redis.RedisAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configurations of one route with two releases, blue and green, each with an origin of its own.
 */
record TwoSides(int blue, int green, @Nullable CacheRule cache) {
  static final String ROUTE = "test/all";

  /** Everything on both sides, by prefix. */
  GatewayConfig config(Pod pod, int percent) {
    return config(pod, percent, null, List.of(), null);
  }

  GatewayConfig config(
      Pod pod,
      int percent,
      LoadBalancing.@Nullable HashOn hashOn,
      List<ValueMatch> headers,
      @Nullable RedisAddress redis) {
    return config(pod, redis, shift(percent, hashOn, headers, List.of(rule("0", "/", "green"))));
  }

  /** Blue alone. */
  GatewayConfig alone(Pod pod, @Nullable RedisAddress redis) {
    return config(pod, redis, null);
  }

  GatewayConfig config(Pod pod, @Nullable RedisAddress redis, @Nullable Shift shift) {
    return config(pod, redis, List.of(rule("0", "/", "blue")), shift);
  }

  GatewayConfig config(
      Pod pod, @Nullable RedisAddress redis, List<Rule> rules, @Nullable Shift shift) {
    GatewayConfig one = pod.config(blue, cache, "unused", redis);
    Backend template = one.backends().getFirst();
    List<Backend> backends = new ArrayList<>();
    for (var side : Map.of("blue", blue, "green", green).entrySet()) {
      backends.add(
          new Backend(
              side.getKey(),
              new Backend.Service("test/" + side.getKey(), "127.0.0.1", side.getValue()),
              null,
              template.loadBalancing(),
              template.ejection(),
              template.limits()));
    }
    return new GatewayConfig(
        one.gateway(),
        one.listeners(),
        List.of(new Route(ROUTE, List.of("http"), List.of(), rules, shift)),
        backends,
        one.cache(),
        one.limits(),
        one.telemetry());
  }

  /** The same, and no route. */
  static GatewayConfig without(GatewayConfig config) {
    return new GatewayConfig(
        config.gateway(),
        config.listeners(),
        List.of(),
        config.backends(),
        config.cache(),
        config.limits(),
        config.telemetry());
  }

  static Shift shift(
      int percent,
      LoadBalancing.@Nullable HashOn hashOn,
      List<ValueMatch> headers,
      List<Rule> rules) {
    return new Shift("r-blue", "r-green", rules, percent, hashOn, headers);
  }

  /** Below a prefix to a side's origin, as its generation. */
  Rule rule(String id, String prefix, String side) {
    return new Rule(
        id,
        List.of(
            new Match(new PathMatch(PathMatch.Type.PREFIX, prefix), List.of(), List.of(), null)),
        List.of(),
        List.of(new BackendRef(side, 1, "g-" + side)),
        null,
        new io.warmgate.config.Timeouts(0, 0),
        new io.warmgate.config.Retry(0, 0),
        cache);
  }
}
