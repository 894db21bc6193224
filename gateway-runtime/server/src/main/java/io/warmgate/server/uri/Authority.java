package io.warmgate.server.uri;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host and port, as a {@code Host} field or an absolute target names them (RFC 9110 §7.2, RFC 3986
 * §3.2), in the one form that is compared: lower-case, without the scheme's own port, without the
 * root's dot.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port -1 where it is the scheme's own
 */
public record Authority(String host, int port) {

  /**
   * @param text without user information
   * @param scheme {@code http} or {@code https}
   * @return null where it is no host and port
   */
  public static @Nullable Authority parse(String text, String scheme) {
    int colon = portColon(text);
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = colon < 0 ? -1 : port(text, colon + 1);
    if (port == -2) {
      return null;
    }
    if (port == (scheme.equals("https") ? 443 : 80)) {
      port = -1;
    }
    if (host.startsWith("[")) {
      return literal(host) ? new Authority(host.toLowerCase(Locale.ROOT), port) : null;
    }
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    return name(host) ? new Authority(lower(host), port) : null;
  }

  /** Where the port's colon is; -1 where there is none. */
  private static int portColon(String text) {
    return text.startsWith("[") ? text.indexOf(':', text.indexOf(']') + 1) : text.indexOf(':');
  }

  /** The port; -1 where it is empty, -2 where it is none. */
  private static int port(String text, int from) {
    if (text.length() - from > 5) {
      return -2;
    }
    int port = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -2;
      }
      port = port * 10 + (c - '0');
    }
    if (from == text.length()) {
      return -1;
    }
    return port >= 1 && port <= 65_535 ? port : -2;
  }

  private static boolean name(String host) {
    if (host.isEmpty() || host.length() > 253 || host.charAt(0) == '.') {
      return false;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean dot = c == '.' && host.charAt(i - 1) != '.';
      if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_' && !dot) {
        return false;
      }
    }
    return true;
  }

  private static boolean literal(String host) {
    int end = host.length() - 1;
    if (end < 3 || host.charAt(end) != ']') {
      return false;
    }
    int colons = 0;
    for (int i = 1; i < end; i++) {
      char c = host.charAt(i);
      colons += c == ':' ? 1 : 0;
      if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return colons >= 2;
  }

  private static String lower(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return host.toLowerCase(Locale.ROOT);
      }
    }
    return host;
  }
}
