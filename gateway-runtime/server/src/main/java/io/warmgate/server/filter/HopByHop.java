package io.warmgate.server.filter;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Fields that are for the next hop alone (RFC 9110 §7.6.1), and end here. */
public final class HopByHop {
  private static final Set<String> FIELDS =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "te",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-authentication-info");

  /** The same; each knows its hash code. */
  private static final List<AsciiString> HASHED = FIELDS.stream().map(AsciiString::new).toList();

  /** Naming one of these in {@code Connection} does not make it go. */
  private static final Set<String> KEPT = Set.of("host", "content-length");

  private HopByHop() {}

  static boolean framing(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("content-length") || FIELDS.contains(lower);
  }

  static boolean is(String lowerName) {
    return FIELDS.contains(lowerName);
  }

  /** Removes them, and those that {@code Connection} names. */
  public static void remove(MultiMap headers) {
    var _ = removeNamed(headers);
    for (AsciiString field : HASHED) {
      headers.remove(field);
    }
  }

  /**
   * Removes what {@code Connection} names, {@code Connection} itself stays. Done to a request
   * before anything looks at its fields: else an answer could be kept under a field that the
   * backend never saw.
   *
   * @return whether the peer wants the connection closed
   */
  public static boolean removeNamed(MultiMap headers) {
    String first = headers.get(HttpHeaderNames.CONNECTION);
    if (first == null || first.equals("keep-alive")) {
      return false;
    }
    boolean close = false;
    for (String field : headers.getAll("connection")) {
      for (String name : field.split(",", -1)) {
        String lower = name.trim().toLowerCase(Locale.ROOT);
        if (!lower.isEmpty() && !KEPT.contains(lower) && !FIELDS.contains(lower)) {
          headers.remove(lower);
        }
        close |= lower.equals("close");
      }
    }
    return close;
  }
}
