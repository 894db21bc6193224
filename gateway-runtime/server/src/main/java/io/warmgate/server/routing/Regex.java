package io.warmgate.server.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.warmgate.config.ConfigException;

/** RE2 expressions: their time is linear in the input, whatever a user wrote. */
final class Regex {
  private Regex() {}

  /**
   * @throws ConfigException names {@code path}
   */
  static Pattern compile(String path, String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new ConfigException(path, "is no RE2 expression: " + e.getMessage());
    }
  }
}
