package io.warmgate.httpcache.key;

import io.warmgate.httpcache.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a request's cookies mean for the cache: some are part of every key, some tell nobody from
 * others, and any other one makes the request personal.
 *
 * <p>Origins read cookies in more ways than RFC 6265 has: by commas, quoted, with encoded names, in
 * any case. So that nobody can hide a keyed cookie from the key that the origin still sees, a
 * header with anything like it is keyed as a whole, and is personal.
 *
 * @param keyed names, as cookies have them; sorted here
 * @param ignored globs of names; a keyed cookie is never ignored
 */
public record CookieRule(List<String> keyed, List<Glob> ignored) {
  /** Every cookie is personal, and none is keyed. */
  public static final CookieRule NONE = new CookieRule(List.of(), List.of());

  private static final String FIELD = "cookie";

  public CookieRule {
    keyed = keyed.stream().distinct().sorted().toList();
    ignored = List.copyOf(ignored);
  }

  /** Whether the request has a cookie that is neither keyed nor ignored, or that cannot be read. */
  public boolean isPersonal(Fields request) {
    List<String> lines = request.all(FIELD);
    if (lines.isEmpty()) {
      return false;
    }
    if (keyed.isEmpty() && ignored.isEmpty()) {
      return true;
    }
    List<Cookie> cookies = Cookie.of(lines);
    return !isClear(lines, cookies)
        || !cookies.stream().allMatch(cookie -> isKeyed(cookie) || isIgnored(cookie));
  }

  /** Frames the keyed cookies: for each name how many there are, and their values in order. */
  void frame(KeyBuffer buffer, Fields request) {
    if (keyed.isEmpty()) {
      return;
    }
    List<String> lines = request.all(FIELD);
    List<Cookie> cookies = Cookie.of(lines);
    if (!isClear(lines, cookies)) {
      buffer.number(-1).number(lines.size());
      lines.forEach(buffer::text);
      return;
    }
    buffer.number(keyed.size());
    for (String name : keyed) {
      List<Cookie> named = cookies.stream().filter(cookie -> cookie.name().equals(name)).toList();
      buffer.text(name).number(named.size());
      named.forEach(cookie -> buffer.text(cookie.value()));
    }
  }

  /** The keyed cookies of a request, for people: values of one name are joined by commas. */
  public Map<String, String> shown(Fields request) {
    Map<String, String> shown = new TreeMap<>();
    for (Cookie cookie : Cookie.of(request.all(FIELD))) {
      if (isKeyed(cookie)) {
        shown.merge(cookie.name(), cookie.value(), (one, other) -> one + ", " + other);
      }
    }
    return shown;
  }

  /**
   * The request as {@code Vary: Cookie} selects by it: without the ignored cookies, where the
   * header can be read.
   */
  public Fields selecting(Fields request) {
    if (ignored.isEmpty()) {
      return request;
    }
    List<String> lines = request.all(FIELD);
    List<Cookie> cookies = Cookie.of(lines);
    if (lines.isEmpty() || !isClear(lines, cookies)) {
      return request;
    }
    List<String> left =
        cookies.stream()
            .filter(cookie -> isKeyed(cookie) || !isIgnored(cookie))
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .toList();
    return new FieldReplaced(
        request, FIELD, left.isEmpty() ? List.of() : List.of(String.join("; ", left)));
  }

  private boolean isKeyed(Cookie cookie) {
    return keyed.contains(cookie.name());
  }

  private boolean isIgnored(Cookie cookie) {
    for (Glob glob : ignored) {
      if (glob.matches(cookie.name())) {
        return true;
      }
    }
    return false;
  }

  /** Whether every origin reads the same cookies out of it, as far as the keyed ones go. */
  private boolean isClear(List<String> lines, List<Cookie> cookies) {
    return lines.stream().allMatch(CookieRule::isPlain)
        && cookies.stream()
            .allMatch(cookie -> isKeyed(cookie) || (hasPlainName(cookie) && !looksKeyed(cookie)));
  }

  /** RFC 6265 §4.1.1: what a cookie's octets are; without those that some read as separators. */
  private static boolean isPlain(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '"' || c == ',' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static boolean hasPlainName(Cookie cookie) {
    String name = cookie.name();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
      if (!plain) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private boolean looksKeyed(Cookie cookie) {
    String lower = cookie.name().toLowerCase(Locale.ROOT);
    return keyed.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(lower));
  }
}
