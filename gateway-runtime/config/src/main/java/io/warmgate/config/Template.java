package io.warmgate.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Text with places for values: <code>{{name}}</code>. What is put there is never read as a template
 * again. <code>{{{{</code> is two braces.
 */
public record Template(List<Piece> pieces) {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  /** One after the other. */
  public sealed interface Piece {}

  /** Text as it stands. */
  public record Words(String text) implements Piece {}

  /** A place for a value. */
  public record Place(String name) implements Piece {}

  public Template {
    pieces = List.copyOf(pieces);
  }

  /**
   * @param path of the text, for the error
   * @throws ConfigException where braces do not hold a name
   */
  public static Template parse(String path, String text) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(OPEN + OPEN, at)) {
        words.append(OPEN);
        at += 2 * OPEN.length();
      } else if (text.startsWith(OPEN, at)) {
        int end = text.indexOf(CLOSE, at);
        String name = end < 0 ? "" : text.substring(at + OPEN.length(), end).strip();
        Check.that(
            name.matches(NAME),
            path,
            "has braces at character " + at + " that hold no name; {{{{ is two braces");
        pieces.add(new Words(words.toString()));
        pieces.add(new Place(name));
        words.setLength(0);
        at = end + CLOSE.length();
      } else {
        words.append(text.charAt(at));
        at++;
      }
    }
    pieces.add(new Words(words.toString()));
    return new Template(pieces);
  }

  /** Of its places, each once. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Piece piece : pieces) {
      if (piece instanceof Place(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * @param value of a place, by its name
   */
  public String fill(UnaryOperator<String> value) {
    StringBuilder filled = new StringBuilder();
    for (Piece piece : pieces) {
      filled.append(
          switch (piece) {
            case Words(String text) -> text;
            case Place(String name) -> value.apply(name);
          });
    }
    return filled.toString();
  }
}
