package io.warmgate.operator.source;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Listener;
import io.warmgate.config.Route;
import io.warmgate.config.admin.WarmRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** To which listeners and hosts of a route a request goes, where it does not say all of that. */
final class Places {
  private final Map<String, Listener> listeners = new HashMap<>();

  /**
   * One of them.
   *
   * @param scheme null: the listener's own
   * @param host with a port where clients have to name it
   */
  record Place(String listener, @Nullable String scheme, String host) {
    WarmRequest request(Wish wish) {
      return new WarmRequest(
          wish.method(), listener, scheme, host, wish.target(), wish.headers(), wish.question());
    }
  }

  Places(GatewayConfig config) {
    config.listeners().forEach(listener -> listeners.put(listener.name(), listener));
  }

  /** Empty where no host is known, or the route does not have the one that is asked for. */
  List<Place> of(Route route, Wish wish) {
    List<Place> places = new ArrayList<>();
    for (Listener listener : fronts(route, wish.scheme())) {
      boolean believed = !listener.trustedProxies().isEmpty();
      String scheme = own(listener).equals(wish.scheme()) || !believed ? null : wish.scheme();
      for (String host : hosts(route, listener, wish.host())) {
        places.add(new Place(listener.name(), scheme, host));
      }
    }
    return places;
  }

  /**
   * One for each scheme: what came to another listener of it has the same key. Where the route has
   * none of the scheme that is asked for, a proxy in front of the gateway speaks it; what came
   * through one that is not trusted counts as the listener's own.
   */
  private List<Listener> fronts(Route route, @Nullable String scheme) {
    Map<String, Listener> first = new HashMap<>();
    route.listeners().stream()
        .map(listeners::get)
        .filter(Objects::nonNull)
        .forEach(listener -> first.putIfAbsent(own(listener), listener));
    Listener asked = scheme == null ? null : first.get(scheme);
    if (asked != null) {
      return List.of(asked);
    }
    List<Listener> all =
        first.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();
    return scheme == null ? all : all.subList(0, Math.min(1, all.size()));
  }

  private static String own(Listener listener) {
    return listener.protocol() == Listener.Protocol.HTTPS ? "https" : "http";
  }

  private static List<String> hosts(Route route, Listener listener, @Nullable String asked) {
    if (asked != null) {
      String name = name(asked);
      boolean takes =
          takes(listener.hostname(), name)
              && (route.hostnames().isEmpty()
                  || route.hostnames().stream().anyMatch(any -> takes(any, name)));
      return takes ? List.of(asked) : List.of();
    }
    List<String> names =
        route.hostnames().isEmpty() && listener.hostname() != null
            ? List.of(listener.hostname())
            : route.hostnames();
    boolean usual = listener.port() == (own(listener).equals("https") ? 443 : 80);
    return names.stream()
        .filter(name -> !name.startsWith("*.") && takes(listener.hostname(), name))
        .map(name -> usual ? name : name + ":" + listener.port())
        .toList();
  }

  /** The host without its port. */
  static String name(String host) {
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /**
   * @param hostname exact, or {@code *.} and a suffix; null takes all
   */
  private static boolean takes(@Nullable String hostname, String name) {
    return hostname == null
        || (hostname.startsWith("*.")
            ? name.length() > hostname.length() - 1 && name.endsWith(hostname.substring(1))
            : name.equals(hostname));
  }
}
