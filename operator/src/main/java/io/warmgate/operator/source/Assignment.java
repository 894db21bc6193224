package io.warmgate.operator.source;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.config.admin.WarmRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which request is which route's. */
public final class Assignment {
  private final Map<String, Route> routes = new HashMap<>();
  private final Places places;
  private final RouteFinder finder;

  public Assignment(GatewayConfig config) {
    config.routes().forEach(route -> routes.put(route.id(), route));
    this.places = new Places(config);
    this.finder = new RouteFinder(config);
  }

  /**
   * @param byRoute id → what is asked for there, in the order in which it is written
   * @param unrouted those that none of the routes takes
   */
  public record Result(Map<String, List<WarmRequest>> byRoute, List<Wish> unrouted) {
    public Result {
      byRoute = Map.copyOf(byRoute);
      unrouted = List.copyOf(unrouted);
    }

    /** Those of one route. */
    public List<WarmRequest> of(String route) {
      return byRoute.getOrDefault(route, List.of());
    }
  }

  /** A document of a route's hosts, as clients of each would ask for it. */
  public List<WarmRequest> documents(String route, Wish document) {
    Route known = routes.get(route);
    return known == null
        ? List.of()
        : places.of(known, document).stream().map(place -> place.request(document)).toList();
  }

  /** Whether the route takes it. */
  boolean takes(String route, WarmRequest request) {
    Wish wish = new Wish(request.scheme(), request.host(), request.target(), request.headers());
    Places.Place place = new Places.Place(request.listener(), request.scheme(), request.host());
    return finder.find(place, wish).filter(route::equals).isPresent();
  }

  /**
   * @param among ids of the routes that may have them
   */
  public Result assign(Collection<String> among, List<Wish> wishes) {
    Map<String, Set<WarmRequest>> found = new HashMap<>();
    List<Wish> unrouted = new ArrayList<>();
    for (Wish wish : wishes) {
      boolean some = false;
      Set<Places.Place> tried = new LinkedHashSet<>();
      for (String id : among) {
        Route route = routes.get(id);
        if (route != null) {
          tried.addAll(places.of(route, wish));
        }
      }
      for (Places.Place place : tried) {
        Optional<String> route = finder.find(place, wish).filter(among::contains);
        route.ifPresent(
            id -> found.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(place.request(wish)));
        some |= route.isPresent();
      }
      if (!some) {
        unrouted.add(wish);
      }
    }
    Map<String, List<WarmRequest>> byRoute = new HashMap<>();
    found.forEach((id, requests) -> byRoute.put(id, List.copyOf(requests)));
    return new Result(byRoute, unrouted);
  }
}
