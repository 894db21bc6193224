package io.warmgate.local.explain;

import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.PathMatch;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a gateway's routes take that is nearest to a request that none of them takes. */
public final class Closest {
  private static final int SHOWN = 5;

  private Closest() {}

  /** A sentence, with a space before it. */
  public static String to(String host, String path, List<ApiRoute> routes) {
    if (routes.isEmpty()) {
      return " The gateway has no ApiRoute.";
    }
    List<ApiRoute> ofHost =
        routes.stream()
            .filter(
                route ->
                    route.getSpec().hostnames().isEmpty()
                        || route.getSpec().hostnames().stream()
                            .anyMatch(hostname -> GatewayChoice.takes(hostname, host)))
            .toList();
    return ofHost.isEmpty()
        ? " No route has the host " + host + "; the nearest are " + hosts(host, routes) + "."
        : " The nearest paths are " + paths(path, ofHost) + ".";
  }

  private static String hosts(String host, List<ApiRoute> routes) {
    return nearest(
        host,
        routes.stream()
            .flatMap(route -> route.getSpec().hostnames().stream())
            .map(hostname -> new Taken(hostname, hostname)));
  }

  private static String paths(String path, List<ApiRoute> routes) {
    return nearest(
        path,
        routes.stream()
            .flatMap(route -> route.getSpec().rules().stream())
            .flatMap(rule -> rule.matches().stream())
            .map(
                match -> {
                  PathMatch taken = match.path();
                  String method = match.method() == null ? "" : match.method().name() + " ";
                  return new Taken(
                      taken.value(), method + taken.value() + " (" + kind(taken) + ")");
                }));
  }

  private static String kind(PathMatch match) {
    return switch (match.type()) {
      case EXACT -> "Exact";
      case PATH_PREFIX -> "PathPrefix";
      case TEMPLATE -> "Template";
      case REGULAR_EXPRESSION -> "RegularExpression";
    };
  }

  /** What a route takes, and how it is written. */
  private record Taken(String value, String shown) {}

  private static String nearest(String asked, Stream<Taken> taken) {
    return taken
        .distinct()
        .sorted(
            Comparator.<Taken>comparingInt(one -> distance(asked, one.value()))
                .thenComparing(Taken::shown))
        .limit(SHOWN)
        .map(Taken::shown)
        .collect(Collectors.joining(", "));
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
