package io.warmgate.httpcache.rfc;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What an RFC asks of a shared cache, or of an intermediary that has one.
 *
 * @param id RFC, section and number, such as {@code 9111-4.2.1-3}
 * @param text in our own words
 */
record Requirement(String id, Level level, String text, Answer answer) {
  private static final Pattern ID = Pattern.compile("\\d{4}-\\d+(\\.\\d+)*-\\d+");

  Requirement {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("no id: " + id);
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException(id + " says nothing");
    }
  }

  /** RFC 2119. */
  enum Level {
    MUST,
    MUST_NOT,
    SHOULD,
    SHOULD_NOT;

    @Override
    public String toString() {
      return name().replace('_', ' ');
    }
  }

  /** What becomes of it here. */
  sealed interface Answer {}

  /** Code holds it, and tests go red where it does not. */
  record Held(List<Place> rules, List<Place> tests) implements Answer {
    Held {
      if (rules.isEmpty() || tests.isEmpty()) {
        throw new IllegalArgumentException("a rule needs a test, a test a rule");
      }
    }
  }

  /** It is not met, on purpose. */
  record Deviates(String why) implements Answer {}

  /** It asks for something about a thing that is not done here. */
  record NotOurs(String why) implements Answer {}

  /** A method or constant, {@code Class#name}. */
  record Place(String type, String name) {
    static Place of(String text) {
      int hash = text.indexOf('#');
      if (hash <= 0 || hash == text.length() - 1) {
        throw new IllegalArgumentException("not Class#name: '" + text + "'");
      }
      return new Place(text.substring(0, hash), text.substring(hash + 1));
    }

    @Override
    public String toString() {
      return type + "#" + name;
    }
  }

  String section() {
    return id.substring(5, id.lastIndexOf('-'));
  }
}
