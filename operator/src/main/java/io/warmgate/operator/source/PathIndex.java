package io.warmgate.operator.source;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.warmgate.config.Match;
import io.warmgate.config.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The matches of one host by their paths, in the order of precedence that {@link Match} has: exact,
 * template, longest prefix, regular expression.
 */
final class PathIndex {
  private final Map<String, List<Claim>> exact = new HashMap<>();
  private final Map<String, List<Claim>> prefixes = new HashMap<>();
  private final List<Template> templates = new ArrayList<>();
  private final List<Expression> expressions = new ArrayList<>();

  /** A match, and the route and the rule that it is of. */
  record Claim(String route, Rule rule, Match match) {}

  private record Template(List<String> segments, int literal, Claim claim) {
    static Template of(Claim claim) {
      List<String> segments = List.of(claim.match().path().value().split("/", -1));
      int literal = segments.stream().filter(any -> !isOpen(any)).mapToInt(String::length).sum();
      return new Template(segments, literal, claim);
    }

    private static boolean isOpen(String segment) {
      return segment.startsWith("{") && segment.endsWith("}");
    }

    boolean fits(List<String> path) {
      if (path.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        String segment = segments.get(i);
        if (isOpen(segment) ? path.get(i).isEmpty() : !segment.equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private record Expression(Pattern pattern, Claim claim) {}

  void add(Claim claim) {
    String value = claim.match().path().value();
    switch (claim.match().path().type()) {
      case EXACT -> exact.computeIfAbsent(value, _ -> new ArrayList<>()).add(claim);
      case PREFIX -> prefixes.computeIfAbsent(trimmed(value), _ -> new ArrayList<>()).add(claim);
      case TEMPLATE -> {
        templates.add(Template.of(claim));
        templates.sort((a, b) -> Integer.compare(b.literal(), a.literal()));
      }
      case REGULAR_EXPRESSION ->
          compile(value).ifPresent(p -> expressions.add(new Expression(p, claim)));
    }
  }

  /** One that cannot be read takes nothing. */
  private static Optional<Pattern> compile(String value) {
    try {
      return Optional.of(Pattern.compile(value));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private static String trimmed(String prefix) {
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  /**
   * @param holds what else a match asks for
   */
  Optional<Claim> find(String path, Predicate<Match> holds) {
    Optional<Claim> found = first(exact.get(path), holds);
    if (found.isEmpty() && !templates.isEmpty()) {
      List<String> segments = List.of(path.split("/", -1));
      found =
          templates.stream()
              .filter(any -> any.fits(segments))
              .map(Template::claim)
              .filter(any -> holds.test(any.match()))
              .findFirst();
    }
    for (String prefix = trimmed(path); found.isEmpty(); ) {
      found = first(prefixes.get(prefix), holds);
      if (prefix.isEmpty()) {
        break;
      }
      prefix = prefix.substring(0, prefix.lastIndexOf('/'));
    }
    return found.isPresent()
        ? found
        : expressions.stream()
            .filter(any -> any.pattern().matches(path))
            .map(Expression::claim)
            .filter(any -> holds.test(any.match()))
            .findFirst();
  }

  private static Optional<Claim> first(
      @org.jspecify.annotations.Nullable List<Claim> claims, Predicate<Match> holds) {
    return claims == null
        ? Optional.empty()
        : claims.stream().filter(any -> holds.test(any.match())).findFirst();
  }
}
