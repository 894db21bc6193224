package io.warmgate.httpcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says that it relates to: the {@code Link} field, <a
 * href="https://www.rfc-editor.org/rfc/rfc8288#section-3">RFC 8288 §3</a>. A reader is strict: a
 * field line that is not by that grammar says nothing.
 */
public final class LinkField {
  /** Of one answer; more are left out. */
  public static final int MAX_LINKS = 32;

  /** Of a reference, in characters; longer ones are left out. */
  public static final int MAX_LENGTH = 2_048;

  private static final String NAME = "link";

  private final String text;
  private int at;

  private LinkField(String text) {
    this.text = text;
  }

  /** A line is none. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * The references of links with one of some relation types, as they stand there, each once.
   *
   * @param relations in lower case; §2.1.1: they are compared without regard to case
   */
  public static List<String> references(Fields answer, Collection<String> relations) {
    Set<String> found = new LinkedHashSet<>();
    for (String line : answer.all(NAME)) {
      try {
        found.addAll(new LinkField(line).line(relations));
      } catch (Malformed _) {
        // It says nothing.
      }
    }
    return found.stream().limit(MAX_LINKS).toList();
  }

  private List<String> line(Collection<String> relations) throws Malformed {
    List<String> found = new ArrayList<>();
    while (true) {
      blank();
      if (at < text.length() && text.charAt(at) == '<') {
        String reference = reference();
        if (relatesBy(relations) && !reference.isEmpty() && reference.length() <= MAX_LENGTH) {
          found.add(reference);
        }
        blank();
      }
      // RFC 9110 §5.6.1.2: empty elements of a list are none.
      if (at == text.length()) {
        return found;
      }
      expect(',');
    }
  }

  private String reference() throws Malformed {
    expect('<');
    int from = at;
    while (at < text.length() && text.charAt(at) != '>') {
      char c = text.charAt(at++);
      if (c <= ' ' || c >= 0x7f || c == '<' || c == '"') {
        throw new Malformed();
      }
    }
    expect('>');
    return text.substring(from, at - 1);
  }

  /**
   * Reads the parameters. §3.2: with an anchor it is another resource's link. §3.3: of several
   * {@code rel} the first counts.
   */
  private boolean relatesBy(Collection<String> relations) throws Malformed {
    boolean anchored = false;
    @Nullable String rel = null;
    while (true) {
      blank();
      if (at == text.length() || text.charAt(at) != ';') {
        return !anchored && rel != null && isOneOf(rel, relations);
      }
      at++;
      blank();
      String name = token().toLowerCase(Locale.ROOT);
      blank();
      String value = "";
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        blank();
        value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
      }
      anchored |= name.equals("anchor");
      rel = rel == null && name.equals("rel") ? value : rel;
    }
  }

  private static boolean isOneOf(String rel, Collection<String> relations) {
    for (String type : rel.split(" ", -1)) {
      if (relations.contains(type.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /** RFC 9110 §5.6.2. */
  private String token() throws Malformed {
    int from = at;
    while (at < text.length() && isTokenCharacter(text.charAt(at))) {
      at++;
    }
    if (at == from) {
      throw new Malformed();
    }
    return text.substring(from, at);
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  /** RFC 9110 §5.6.4. */
  private String quoted() throws Malformed {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at == text.length() || (text.charAt(at) < ' ' && text.charAt(at) != '\t')) {
        throw new Malformed();
      }
      value.append(text.charAt(at++));
    }
    expect('"');
    return value.toString();
  }

  private void blank() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void expect(char c) throws Malformed {
    if (at == text.length() || text.charAt(at) != c) {
      throw new Malformed();
    }
    at++;
  }
}
