package io.warmgate.server.routing;

import com.google.re2j.Pattern;
import io.vertx.core.MultiMap;
import io.warmgate.config.PathMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one host. A path is looked up whole, then as template, then by its prefixes from the
 * longest on: the cost is that of the path, not of the number of rules. Only regular expressions
 * are tried one after the other, last.
 */
final class PathTable {
  private final Map<String, List<Candidate>> exact = new HashMap<>();
  private final Prefixes prefixes = new Prefixes();
  private final Templates templates = new Templates();
  private final List<RegexCandidate> expressions = new ArrayList<>();

  private record RegexCandidate(Pattern pattern, Candidate candidate) {}

  void add(String configPath, PathMatch path, Candidate candidate) {
    String value = path.value();
    switch (path.type()) {
      case EXACT -> exact.computeIfAbsent(value, _ -> new ArrayList<>()).add(candidate);
      case PREFIX -> prefixes.add(value, candidate);
      case TEMPLATE -> templates.add(value, candidate);
      case REGULAR_EXPRESSION ->
          expressions.add(
              new RegexCandidate(Regex.compile(configPath + ".path.value", value), candidate));
    }
  }

  void freeze() {
    exact.values().forEach(group -> group.sort(Candidate.PRECEDENCE));
    prefixes.freeze();
    templates.freeze();
    expressions.sort((a, b) -> Candidate.PRECEDENCE.compare(a.candidate, b.candidate));
  }

  @Nullable Matched find(
      String path,
      String method,
      MultiMap headers,
      @Nullable String query,
      @Nullable SideDraw sides) {
    List<Candidate> whole = exact.get(path);
    if (whole != null) {
      RoutedRule rule = first(whole, method, headers, query, sides);
      if (rule != null) {
        return new Matched(rule, "");
      }
    }
    if (!templates.isEmpty()) {
      for (Templates.Group group : templates.find(path)) {
        RoutedRule rule = first(group.candidates(), method, headers, query, sides);
        if (rule != null) {
          return new Matched(rule, "");
        }
      }
    }
    Matched byPrefix =
        prefixes.isEmpty()
            ? null
            : prefixes.find(path, group -> first(group, method, headers, query, sides));
    return byPrefix != null ? byPrefix : byExpression(path, method, headers, query, sides);
  }

  private @Nullable Matched byExpression(
      String path,
      String method,
      MultiMap headers,
      @Nullable String query,
      @Nullable SideDraw sides) {
    for (RegexCandidate expression : expressions) {
      if (expression.pattern.matches(path)
          && expression.candidate.holds(method, headers, query, sides)) {
        return new Matched(expression.candidate.rule(), "");
      }
    }
    return null;
  }

  private static @Nullable RoutedRule first(
      List<Candidate> group,
      String method,
      MultiMap headers,
      @Nullable String query,
      @Nullable SideDraw sides) {
    for (Candidate candidate : group) {
      if (candidate.holds(method, headers, query, sides)) {
        return candidate.rule();
      }
    }
    return null;
  }
}
