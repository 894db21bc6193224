package io.warmgate.ai.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One form for all ways to write the same JSON, after RFC 8785: no white space, names sorted by
 * UTF-16 code units, strings escaped as little as possible. Two differences: numbers are compared
 * by their exact decimal value, not as doubles ({@code 1}, {@code 1.0} and {@code 10e-1} are one,
 * and no two others are), and half a surrogate pair is escaped, so that what is not the same text
 * never comes to the same bytes.
 */
public final class CanonicalJson {
  /** Characters that there is room for at first: a short question has as many. */
  private static final int FIRST = 512;

  private final StringBuilder out = new StringBuilder(FIRST);

  private CanonicalJson() {}

  /** In UTF-8. */
  public static byte[] bytes(JsonNode node) {
    return text(node).getBytes(StandardCharsets.UTF_8);
  }

  public static String text(JsonNode node) {
    CanonicalJson writer = new CanonicalJson();
    writer.write(node);
    return writer.out.toString();
  }

  private void write(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> string(node.textValue());
      case NUMBER -> out.append(number(node.decimalValue()));
      case BOOLEAN -> out.append(node.booleanValue());
      case NULL -> out.append("null");
      case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not parsed JSON");
    }
  }

  /** Not in full digits: 1e999999999 is a number too. */
  private static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
  }

  private void object(JsonNode node) {
    List<Map.Entry<String, JsonNode>> sorted = new ArrayList<>(node.properties());
    sorted.sort(Map.Entry.comparingByKey());
    char before = '{';
    for (Map.Entry<String, JsonNode> entry : sorted) {
      out.append(before);
      string(entry.getKey());
      out.append(':');
      write(entry.getValue());
      before = ',';
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  private void array(JsonNode node) {
    char before = '[';
    for (JsonNode item : node) {
      out.append(before);
      write(item);
      before = ',';
    }
    out.append(node.isEmpty() ? "[]" : "]");
  }

  /** What needs no escape is copied at once: most texts are one such piece. */
  private void string(String text) {
    out.append('"');
    int copied = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean marked = c == '"' || c == '\\';
      if (marked || c < 0x20 || (Character.isSurrogate(c) && isHalf(text, i))) {
        out.append(text, copied, i);
        copied = i + 1;
        if (marked) {
          out.append('\\').append(c);
        } else {
          escape(c);
        }
      }
    }
    out.append(text, copied, text.length()).append('"');
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 0xf, 16));
    }
  }

  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
