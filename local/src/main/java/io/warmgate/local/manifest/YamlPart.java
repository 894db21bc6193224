package io.warmgate.local.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * One document of a YAML stream.
 *
 * @param line the line of its first content, from 1; lines of a parser's mark are added to it
 */
record YamlPart(int line, String text) {

  /** Splits at the lines that are or begin with {@code ---} (YAML 1.2.2 §9.2). */
  static List<YamlPart> split(String stream) {
    var parts = new ArrayList<YamlPart>();
    var text = new StringBuilder();
    int begin = 1;
    int line = 0;
    for (String current : stream.split("\n", -1)) {
      line++;
      if (current.equals("---") || current.startsWith("--- ") || current.startsWith("---\r")) {
        add(parts, begin, text);
        text = new StringBuilder();
        begin = line + 1;
      } else {
        text.append(current).append('\n');
      }
    }
    add(parts, begin, text);
    return parts;
  }

  private static void add(List<YamlPart> parts, int begin, StringBuilder text) {
    int line = begin;
    String rest = text.toString();
    while (rest.startsWith("\n") || rest.startsWith("#")) {
      int end = rest.indexOf('\n');
      rest = rest.substring(end + 1);
      line++;
    }
    if (!rest.isBlank()) {
      parts.add(new YamlPart(line, rest));
    }
  }
}
