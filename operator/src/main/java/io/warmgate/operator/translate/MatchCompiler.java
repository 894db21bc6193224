package io.warmgate.operator.translate;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.warmgate.config.Match;
import io.warmgate.config.PathMatch;
import io.warmgate.config.ValueMatch;
import io.warmgate.crd.v1alpha1.HeaderMatch;
import io.warmgate.crd.v1alpha1.QueryParamMatch;
import io.warmgate.crd.v1alpha1.RouteMatch;
import io.warmgate.crd.v1alpha1.ValueMatchType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Matches, in one form for each meaning, so that equal ones are equal. */
final class MatchCompiler {
  private static final Comparator<ValueMatch> BY_NAME = Comparator.comparing(ValueMatch::name);

  private MatchCompiler() {}

  static Match compile(String at, RouteMatch match) {
    List<ValueMatch> params = new ArrayList<>();
    for (QueryParamMatch param : match.queryParams()) {
      String path = at + ".queryParams[" + params.size() + "].value";
      params.add(value(path, param.type(), param.name(), param.value()));
    }
    params.sort(BY_NAME);
    return new Match(
        path(at + ".path.value", match.path()),
        headers(at + ".headers", match.headers()),
        params,
        match.method() == null ? null : match.method().name());
  }

  static List<ValueMatch> headers(String at, List<HeaderMatch> matches) {
    List<ValueMatch> headers = new ArrayList<>();
    for (HeaderMatch header : matches) {
      String name = header.name().toLowerCase(Locale.ROOT);
      String path = at + "[" + headers.size() + "].value";
      headers.add(value(path, header.type(), name, header.value()));
    }
    headers.sort(BY_NAME);
    return headers;
  }

  private static ValueMatch value(String at, ValueMatchType type, String name, String value) {
    return switch (type) {
      case EXACT -> new ValueMatch(ValueMatch.Type.EXACT, name, value);
      case REGULAR_EXPRESSION ->
          new ValueMatch(ValueMatch.Type.REGULAR_EXPRESSION, name, expression(at, value));
    };
  }

  private static PathMatch path(String at, io.warmgate.crd.v1alpha1.PathMatch path) {
    String value = path.value();
    return switch (path.type()) {
      case EXACT -> new PathMatch(PathMatch.Type.EXACT, absolute(at, value));
      case PATH_PREFIX -> new PathMatch(PathMatch.Type.PREFIX, prefix(absolute(at, value)));
      case TEMPLATE -> new PathMatch(PathMatch.Type.TEMPLATE, template(at, absolute(at, value)));
      case REGULAR_EXPRESSION ->
          new PathMatch(PathMatch.Type.REGULAR_EXPRESSION, expression(at, value));
    };
  }

  private static String absolute(String at, String value) {
    if (!value.startsWith("/")) {
      throw Unusable.invalid(at, "'" + value + "' does not begin with /");
    }
    return value;
  }

  /** {@code /shop/} and {@code /shop} take the same paths (Gateway API, PathPrefix). */
  private static String prefix(String value) {
    return value.length() > 1 && value.endsWith("/")
        ? value.substring(0, value.length() - 1)
        : value;
  }

  private static String template(String at, String value) {
    Set<String> names = new HashSet<>();
    for (String segment : value.substring(1).split("/", -1)) {
      boolean named = segment.matches("[{][A-Za-z_][A-Za-z0-9_]*[}]");
      if (!named && (segment.contains("{") || segment.contains("}"))) {
        throw Unusable.invalid(
            at, "in '%s' a {name} must be a whole segment, not '%s'".formatted(value, segment));
      }
      if (named && !names.add(segment)) {
        throw Unusable.invalid(at, "'%s' has %s twice".formatted(value, segment));
      }
    }
    return value;
  }

  /** The text, where it is an expression in RE2 syntax: what the runtime matches with. */
  private static String expression(String at, String text) {
    try {
      Pattern.compile(text);
      return text;
    } catch (PatternSyntaxException e) {
      throw Unusable.invalid(
          at,
          "'%s' is no regular expression in RE2 syntax: %s".formatted(text, e.getDescription()));
    }
  }
}
