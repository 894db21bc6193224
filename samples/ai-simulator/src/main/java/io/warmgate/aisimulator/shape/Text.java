package io.warmgate.aisimulator.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A string.
 *
 * @param words the only ones allowed; empty for all
 * @param pattern what the whole string must match
 */
public record Text(List<String> words, Pattern pattern) implements Shape {
  private static final Pattern ANY = Pattern.compile("(?s).*");

  /** Any string. */
  public static Text any() {
    return new Text(List.of(), ANY);
  }

  /** One of these words. */
  public static Text oneOf(String... words) {
    return new Text(List.of(words), ANY);
  }

  /** A string that matches as a whole. */
  public static Text matching(String pattern) {
    return new Text(List.of(), Pattern.compile(pattern));
  }

  @Override
  public boolean takes(JsonNode value) {
    return value.isTextual();
  }

  @Override
  public String noun() {
    return "a string";
  }

  @Override
  public void check(JsonNode value, FieldPath at) throws Fault {
    checkType(value, at);
    String text = value.textValue();
    if (!words.isEmpty() && !words.contains(text)) {
      throw new Fault(Fault.Kind.VALUE, at, "'" + String.join("', '", words) + "'", text);
    }
    if (!pattern.matcher(text).matches()) {
      throw new Fault(Fault.Kind.VALUE, at, "a string that matches " + pattern, text);
    }
  }
}
