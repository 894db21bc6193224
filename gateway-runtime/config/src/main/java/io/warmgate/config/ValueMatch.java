package io.warmgate.config;

/**
 * A header or query parameter that must be there with this value.
 *
 * @param name header names are compared without case, parameter names as they are
 * @param value for {@code REGULAR_EXPRESSION} RE2 syntax, matched against the whole value
 */
public record ValueMatch(Type type, String name, String value) {

  /** How the value is read. */
  public enum Type {
    EXACT,
    REGULAR_EXPRESSION
  }

  public ValueMatch {
    Check.present("type", type);
    Check.text("name", name);
    Check.present("value", value);
  }
}
