package io.warmgate.httpcache.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lists in field values, <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1">RFC 9110
 * §5.6.1</a>: members between commas, over all field lines of a name. Commas in quoted strings
 * (§5.6.4) do not count; empty members are left out (§5.6.1.2).
 */
final class ListMembers {
  private ListMembers() {}

  static List<String> of(List<String> lines) {
    List<String> members = new ArrayList<>();
    for (String line : lines) {
      split(line, members);
    }
    return members;
  }

  /** Of tokens that are compared without regard to case. */
  static List<String> lowerCase(List<String> lines) {
    return of(lines).stream().map(member -> member.toLowerCase(Locale.ROOT)).toList();
  }

  private static void split(String line, List<String> members) {
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        add(line, start, i, members);
        start = i + 1;
      }
    }
    add(line, start, line.length(), members);
  }

  private static void add(String line, int from, int to, List<String> members) {
    String member = trim(line.substring(from, to));
    if (!member.isEmpty()) {
      members.add(member);
    }
  }

  /** Without optional whitespace (§5.6.3): spaces and tabs, no more. */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isWhitespace(text.charAt(from))) {
      from++;
    }
    while (to > from && isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isWhitespace(char c) {
    return c == ' ' || c == '\t';
  }
}
