package io.warmgate.server.idempotency;

import java.util.List;

/**
 * What a request's field says of its key: a string of RFC 9651 §3.3.3, as the draft asks for
 * (httpapi-idempotency-key-header-07 §2.1), or bare, as most clients send it. Both are one key.
 */
sealed interface KeyField {
  /** Characters of a key. */
  int MAX_LENGTH = 255;

  /** There is none. */
  record Absent() implements KeyField {}

  /** There is something that is no key. */
  record Malformed() implements KeyField {}

  /**
   * There is one.
   *
   * @param value of 1 to {@link #MAX_LENGTH} visible ASCII characters and spaces
   */
  record Key(String value) implements KeyField {}

  /**
   * @param lines the field's, in their order
   */
  static KeyField of(List<String> lines) {
    if (lines.isEmpty()) {
      return new Absent();
    }
    // The field is no list (§2.1): two lines are two opinions of what the key is.
    String value = lines.size() == 1 ? unquoted(lines.getFirst().strip()) : "";
    return value.isEmpty() || value.length() > MAX_LENGTH ? new Malformed() : new Key(value);
  }

  /** Empty where it is neither. */
  private static String unquoted(String text) {
    if (!text.startsWith("\"")) {
      return text.chars().allMatch(KeyField::isBare) ? text : "";
    }
    StringBuilder value = new StringBuilder(text.length());
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i == text.length() - 1 ? value.toString() : "";
      }
      if (c == '\\') {
        i++;
        c = i < text.length() ? text.charAt(i) : 0;
        if (c != '"' && c != '\\') {
          return "";
        }
      } else if (c < ' ' || c > '~') {
        return "";
      }
      value.append(c);
    }
    return "";
  }

  /** As a token of RFC 9651 §3.3.4 has them, at any place, and {@code =} of Base64. */
  private static boolean isBare(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c > ' ' && c < 127 && "!#$%&'*+-.^_`|~:/=".indexOf(c) >= 0);
  }
}
