package io.warmgate.config;

/**
 * What a request's normalised path is held against.
 *
 * @param value for {@code PREFIX} whole segments; for {@code TEMPLATE} segments of which some are
 *     {@code {name}}, each standing for one non-empty segment; for {@code REGULAR_EXPRESSION} RE2
 *     syntax, matched against the whole path
 */
public record PathMatch(Type type, String value) {

  /** How the value is read. */
  public enum Type {
    EXACT,
    PREFIX,
    TEMPLATE,
    REGULAR_EXPRESSION
  }

  public PathMatch {
    Check.present("type", type);
    Check.text("value", value);
    Check.that(
        type == Type.REGULAR_EXPRESSION || value.startsWith("/"), "value", "does not begin with /");
  }
}
