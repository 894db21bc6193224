package io.warmgate.operator.source;

import com.google.re2j.Pattern;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Match;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.ValueMatch;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which route a request will come to: the more exact host goes first, then the path. Pods have the
 * last word; what they route otherwise they say when it is asked for.
 */
final class RouteFinder {
  private final Map<String, Hosts> listeners = new HashMap<>();

  /** By hostname as it is written; empty: every host. */
  private record Hosts(Map<String, PathIndex> named) {
    Optional<PathIndex.Claim> find(String host, String path, Predicate<Match> holds) {
      Optional<PathIndex.Claim> found = at(host, path, holds);
      for (int dot = host.indexOf('.');
          dot > 0 && found.isEmpty();
          dot = host.indexOf('.', dot + 1)) {
        found = at("*" + host.substring(dot), path, holds);
      }
      return found.isPresent() ? found : at("", path, holds);
    }

    private Optional<PathIndex.Claim> at(String host, String path, Predicate<Match> holds) {
      PathIndex index = named.get(host);
      return index == null ? Optional.empty() : index.find(path, holds);
    }
  }

  /**
   * @param rules of a route that may take requests
   */
  RouteFinder(GatewayConfig config, Function<Route, List<Rule>> rules) {
    for (Route route : config.routes()) {
      List<String> hosts = route.hostnames().isEmpty() ? List.of("") : route.hostnames();
      for (String listener : route.listeners()) {
        Hosts named = listeners.computeIfAbsent(listener, _ -> new Hosts(new HashMap<>()));
        for (String host : hosts) {
          add(route, rules.apply(route), named.named().computeIfAbsent(host, _ -> new PathIndex()));
        }
      }
    }
  }

  private static void add(Route route, List<Rule> rules, PathIndex index) {
    for (Rule rule : rules) {
      for (Match match : rule.matches()) {
        index.add(new PathIndex.Claim(route.id(), rule, match));
      }
    }
  }

  /** The match that takes the request; empty where no route does. */
  Optional<PathIndex.Claim> find(Places.Place place, Wish wish) {
    Hosts hosts = listeners.get(place.listener());
    return hosts == null
        ? Optional.empty()
        : hosts.find(Places.name(place.host()), wish.path(), match -> holds(match, wish));
  }

  private static boolean holds(Match match, Wish wish) {
    return (match.method() == null || match.method().equals(wish.method()))
        && match.headers().stream().allMatch(any -> holds(any, values(wish, any.name())))
        && match.queryParams().stream().allMatch(any -> holds(any, parameters(wish, any.name())));
  }

  private static boolean holds(ValueMatch match, Stream<String> values) {
    return switch (match.type()) {
      case EXACT -> values.anyMatch(match.value()::equals);
      case REGULAR_EXPRESSION -> values.anyMatch(any -> Pattern.matches(match.value(), any));
    };
  }

  private static Stream<String> values(Wish wish, String name) {
    return wish.headers().stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(field -> field.value());
  }

  /** The first of a name is the one that counts. */
  private static Stream<String> parameters(Wish wish, String name) {
    int query = wish.target().indexOf('?');
    return query < 0
        ? Stream.empty()
        : Stream.of(wish.target().substring(query + 1).split("&", -1))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> decoded(pair[0]).equals(name))
            .map(pair -> pair.length == 1 ? "" : decoded(pair[1]))
            .limit(1);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
