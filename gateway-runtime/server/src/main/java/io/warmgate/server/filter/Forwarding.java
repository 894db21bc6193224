package io.warmgate.server.filter;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.warmgate.server.uri.Target;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request to a backend: the client's end-to-end fields, and who asked, for
 * what, through whom ({@code Forwarded}, RFC 7239; {@code X-Forwarded-*}; {@code Via}, RFC 9110
 * §7.6.3). What a peer that is not trusted says of that, and fields by which some backends take
 * another path or method than the one that was routed and keyed, are not passed on.
 */
public final class Forwarding {
  private static final Set<String> BY_TRUSTED_ALONE =
      Set.of(
          "forwarded",
          "x-real-ip",
          "x-client-ip",
          "true-client-ip",
          "x-host",
          "x-original-host",
          "x-original-url",
          "x-original-uri",
          "x-rewrite-url",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "front-end-https");

  /** Asks this gateway to tell more; no part of any key, so that no origin may see it. */
  public static final String DEBUG = "warmgate-debug";

  private final CdnLoop loop;

  public Forwarding(CdnLoop loop) {
    this.loop = loop;
  }

  /**
   * A copy of its own.
   *
   * @param port what the client connected to, as the listener names it
   * @param traceparent null: the client's, if any
   */
  public MultiMap headers(
      HttpServerRequest request,
      Client client,
      Target target,
      int port,
      @Nullable String traceparent) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    boolean trusted = client.trusted();
    for (Map.Entry<String, String> field : request.headers()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      if (endToEnd(name) && (trusted || !byTrustedAlone(name))) {
        headers.add(name, field.getValue());
      }
    }
    append(headers, client, target, port);
    loop.append(headers);
    headers.add("via", request.version() == HttpVersion.HTTP_2 ? "2 warmgate" : "1.1 warmgate");
    if (traceparent != null) {
      headers.set("traceparent", traceparent);
    }
    return headers;
  }

  private static boolean endToEnd(String name) {
    return !name.startsWith(":")
        && !name.equals("host")
        && !name.equals("expect")
        && !name.equals(DEBUG)
        && !HopByHop.is(name);
  }

  private static boolean byTrustedAlone(String name) {
    return name.startsWith("x-forwarded-") || BY_TRUSTED_ALONE.contains(name);
  }

  private static void append(MultiMap headers, Client client, Target target, int port) {
    String scheme = target.scheme();
    headers.set("x-forwarded-for", joined(headers, "x-forwarded-for", client.peer()));
    setIfAbsent(headers, "x-forwarded-proto", scheme);
    setIfAbsent(headers, "x-forwarded-host", target.authority());
    setIfAbsent(headers, "x-forwarded-port", Integer.toString(port));
    String element =
        "for=" + node(client.peer()) + ";host=\"" + target.authority() + "\";proto=" + scheme;
    headers.set("forwarded", joined(headers, "forwarded", element));
  }

  private static String joined(MultiMap headers, String field, String last) {
    return headers.contains(field) ? String.join(", ", headers.getAll(field)) + ", " + last : last;
  }

  private static void setIfAbsent(MultiMap headers, String field, String value) {
    if (!headers.contains(field)) {
      headers.set(field, value);
    }
  }

  /** RFC 7239 §6: an IPv6 address is bracketed and quoted. */
  private static String node(String address) {
    return address.indexOf(':') >= 0 ? "\"[" + address + "]\"" : address;
  }
}
