package io.warmgate.server.routing;

import com.google.re2j.Pattern;
import io.warmgate.config.ValueMatch;
import org.jspecify.annotations.Nullable;

/** A {@link ValueMatch}, compiled. */
record ValueTest(String name, String value, @Nullable Pattern pattern) {

  static ValueTest compile(String path, ValueMatch match) {
    return switch (match.type()) {
      case EXACT -> new ValueTest(match.name(), match.value(), null);
      case REGULAR_EXPRESSION ->
          new ValueTest(match.name(), match.value(), Regex.compile(path + ".value", match.value()));
    };
  }

  boolean holds(@Nullable String actual) {
    if (actual == null) {
      return false;
    }
    return pattern == null ? value.equals(actual) : pattern.matches(actual);
  }
}
