package io.warmgate.server.uri;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Parameters of a query, found without taking the query apart. */
public final class Query {
  private Query() {}

  /**
   * The first value of a parameter, percent-decoded.
   *
   * @return null where it is not there; empty where it has no {@code =}
   */
  public static @Nullable String first(@Nullable String query, String name) {
    if (query == null) {
      return null;
    }
    int from = 0;
    while (from <= query.length()) {
      int amp = query.indexOf('&', from);
      int to = amp < 0 ? query.length() : amp;
      int equals = query.indexOf('=', from, to);
      int nameEnd = equals < 0 ? to : equals;
      if (decode(query.substring(from, nameEnd)).equals(name)) {
        return nameEnd == to ? "" : decode(query.substring(nameEnd + 1, to));
      }
      from = to + 1;
    }
    return null;
  }

  /** What is no percent-encoding stays as it is. */
  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int out = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        bytes[out++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[out++] = bytes[i];
      }
    }
    return new String(bytes, 0, out, StandardCharsets.UTF_8);
  }
}
