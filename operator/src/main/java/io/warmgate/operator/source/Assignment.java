package io.warmgate.operator.source;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.config.admin.WarmRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  /** Among the rules of routes' other sides alone. */
  private final RouteFinder others;

  private final Askable askable;

  public Assignment(GatewayConfig config) {
    config.routes().forEach(route -> routes.put(route.id(), route));
    this.places = new Places(config);
    this.finder = new RouteFinder(config, Route::allRules);
    this.others =
        new RouteFinder(config, route -> route.shift() == null ? List.of() : route.shift().rules());
    this.askable = new Askable(config);
  }

  /**
   * @param byRoute id → what is asked for there, in the order in which it is written
   * @param unrouted those that none of the routes takes
   * @param refused why questions to models are left out, each with how many
   */
  public record Result(
      Map<String, List<WarmRequest>> byRoute, List<Wish> unrouted, Map<String, Integer> refused) {
    public Result {
      byRoute = Map.copyOf(byRoute);
      unrouted = List.copyOf(unrouted);
      refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    }

    /** How many are left out. */
    public int left() {
      return unrouted.size() + refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Why questions are left out, in words. */
    public List<String> whyRefused() {
      return refused.entrySet().stream()
          .map(
              any ->
                  "%d question%s left out: %s"
                      .formatted(
                          any.getValue(), any.getValue() == 1 ? " is" : "s are", any.getKey()))
          .toList();
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

  /** It is asked where one side of the route has somebody who would find the answer. */
  private Askable.Outcome asked(PathIndex.Claim claim, Places.Place place, Wish wish) {
    Askable.Outcome outcome = askable.of(claim, wish);
    return outcome instanceof Askable.Asked
        ? outcome
        : others
            .find(place, wish)
            .filter(any -> any.route().equals(claim.route()))
            .map(any -> askable.of(any, wish))
            .filter(Askable.Asked.class::isInstance)
            .orElse(outcome);
  }

  /** Whether the route takes it. */
  boolean takes(String route, WarmRequest request) {
    Wish wish =
        new Wish(
            request.scheme(),
            request.host(),
            request.target(),
            request.headers(),
            request.question());
    Places.Place place = new Places.Place(request.listener(), request.scheme(), request.host());
    return finder.find(place, wish).map(PathIndex.Claim::route).filter(route::equals).isPresent();
  }

  /**
   * @param among ids of the routes that may have them
   */
  public Result assign(Collection<String> among, List<Wish> wishes) {
    Map<String, Set<WarmRequest>> found = new HashMap<>();
    List<Wish> unrouted = new ArrayList<>();
    Map<String, Integer> refused = new LinkedHashMap<>();
    for (Wish wish : wishes) {
      boolean some = false;
      Set<Places.Place> tried = new LinkedHashSet<>();
      for (String id : among) {
        Route route = routes.get(id);
        if (route != null) {
          tried.addAll(places.of(route, wish));
        }
      }
      String why = null;
      for (Places.Place place : tried) {
        Optional<PathIndex.Claim> claim =
            finder.find(place, wish).filter(any -> among.contains(any.route()));
        if (claim.isPresent()) {
          some = true;
          switch (asked(claim.get(), place, wish)) {
            case Askable.Asked(Wish asked) ->
                found
                    .computeIfAbsent(claim.get().route(), _ -> new LinkedHashSet<>())
                    .add(place.request(asked));
            case Askable.Refused(String reason) -> why = reason;
          }
        }
      }
      if (why != null) {
        refused.merge(why, 1, Integer::sum);
      }
      if (!some) {
        unrouted.add(wish);
      }
    }
    Map<String, List<WarmRequest>> byRoute = new HashMap<>();
    found.forEach((id, requests) -> byRoute.put(id, List.copyOf(requests)));
    return new Result(byRoute, unrouted, refused);
  }
}
