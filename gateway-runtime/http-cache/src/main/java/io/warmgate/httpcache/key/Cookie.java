package io.warmgate.httpcache.key;

import java.util.ArrayList;
import java.util.List;

/**
 * A cookie of a request, <a href="https://www.rfc-editor.org/rfc/rfc6265#section-4.2">RFC 6265
 * §4.2</a>.
 *
 * @param name empty where there is no equals sign
 * @param value as it is, blanks at its end excepted
 */
public record Cookie(String name, String value) {

  /** All of them, in their order; RFC 9113 §8.2.3: several lines are one. */
  public static List<Cookie> of(List<String> lines) {
    List<Cookie> cookies = new ArrayList<>();
    for (String line : lines) {
      int start = 0;
      while (start <= line.length()) {
        int end = line.indexOf(';', start);
        end = end < 0 ? line.length() : end;
        String pair = line.substring(start, end).strip();
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          cookies.add(
              equals < 0
                  ? new Cookie("", pair)
                  : new Cookie(pair.substring(0, equals).strip(), pair.substring(equals + 1)));
        }
        start = end + 1;
      }
    }
    return cookies;
  }
}
