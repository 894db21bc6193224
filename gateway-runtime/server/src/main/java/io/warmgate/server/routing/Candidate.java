package io.warmgate.server.routing;

import io.vertx.core.MultiMap;
import io.warmgate.config.Match;
import io.warmgate.server.routing.Sides.Half;
import io.warmgate.server.routing.Sides.Side;
import io.warmgate.server.uri.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One match of one rule: what is left to hold once its path does.
 *
 * @param order of routes, rules and matches as they were written
 */
record Candidate(
    RoutedRule rule,
    @Nullable String method,
    List<ValueTest> headers,
    List<ValueTest> queryParams,
    int order) {

  /** Gateway API's precedence between matches of one path (HTTPRouteRule.matches). */
  static final Comparator<Candidate> PRECEDENCE =
      Comparator.comparingInt((Candidate c) -> c.method == null ? 1 : 0)
          .thenComparingInt(c -> -c.headers.size())
          .thenComparingInt(c -> -c.queryParams.size())
          .thenComparingInt(Candidate::order);

  static Candidate compile(String path, RoutedRule rule, Match match, int order) {
    return new Candidate(
        rule,
        match.method(),
        tests(path + ".headers", match.headers()),
        tests(path + ".queryParams", match.queryParams()),
        order);
  }

  static List<ValueTest> tests(String path, List<io.warmgate.config.ValueMatch> matches) {
    List<ValueTest> tests = new ArrayList<>(matches.size());
    for (int i = 0; i < matches.size(); i++) {
      tests.add(ValueTest.compile(path + "[" + i + "]", matches.get(i)));
    }
    return List.copyOf(tests);
  }

  /**
   * @param sides of the request; null: each route's own
   */
  boolean holds(
      String requestMethod,
      MultiMap requestHeaders,
      @Nullable String query,
      @Nullable SideDraw sides) {
    if (method != null && !method.equals(requestMethod)) {
      return false;
    }
    if (!allHold(headers, requestHeaders)) {
      return false;
    }
    for (ValueTest test : queryParams) {
      if (!test.holds(Query.first(query, test.name()))) {
        return false;
      }
    }
    Side side = rule.side();
    return side == null || side.half() == (sides == null ? Half.OWN : sides.of(side.of()));
  }

  static boolean allHold(List<ValueTest> tests, MultiMap requestHeaders) {
    for (ValueTest test : tests) {
      if (!anyLine(test, requestHeaders)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyLine(ValueTest test, MultiMap headers) {
    for (String line : headers.getAll(test.name())) {
      if (test.holds(line)) {
        return true;
      }
    }
    return false;
  }
}
