package io.warmgate.httpcache.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A query as {@code application/x-www-form-urlencoded} (<a
 * href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">URL Standard §5</a>): names
 * and values in plain, and back in the one form that its serializer writes.
 */
final class FormQuery {
  /** What is written as it is, beside letters and digits. */
  private static final String PLAIN = "*-._";

  private FormQuery() {}

  /** A parameter, decoded. */
  record Pair(String name, String value) {}

  /** §5.1: split at {@code &}, empty parts left out; one without {@code =} has an empty value. */
  static List<Pair> parse(String query) {
    List<Pair> pairs = new ArrayList<>();
    int start = 0;
    while (start <= query.length()) {
      int amp = query.indexOf('&', start);
      int end = amp < 0 ? query.length() : amp;
      if (end > start) {
        int equals = query.indexOf('=', start);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        String name = decoded(query.substring(start, nameEnd));
        pairs.add(new Pair(name, decoded(query.substring(Math.min(end, nameEnd + 1), end))));
      }
      start = end + 1;
    }
    return pairs;
  }

  /** Plus as space; percent-encoded bytes, where they are; UTF-8, U+FFFD for what is none. */
  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text.replace('+', ' ');
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int out = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1]) : -1;
      int low = high >= 0 ? hex(bytes[i + 2]) : -1;
      if (low >= 0) {
        bytes[out++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[out++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
      }
    }
    return new String(bytes, 0, out, StandardCharsets.UTF_8);
  }

  private static int hex(byte b) {
    return Character.digit(b & 0xff, 16);
  }

  /** §5.2: each as {@code name=value}, between {@code &}. */
  static String write(List<Pair> pairs) {
    StringBuilder out = new StringBuilder();
    for (Pair pair : pairs) {
      if (!out.isEmpty()) {
        out.append('&');
      }
      encode(pair.name(), out);
      encode(pair.value(), out.append('='));
    }
    return out.toString();
  }

  /** A name or value alone. */
  static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length());
    encode(text, out);
    return out.toString();
  }

  private static void encode(String text, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c == ' ') {
        out.append('+');
      } else if (isPlain(c)) {
        out.append(c);
      } else {
        out.append('%').append(digit(c >> 4)).append(digit(c & 0xf));
      }
    }
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PLAIN.indexOf(c) >= 0;
  }

  private static char digit(int value) {
    return Character.toUpperCase(Character.forDigit(value, 16));
  }
}
