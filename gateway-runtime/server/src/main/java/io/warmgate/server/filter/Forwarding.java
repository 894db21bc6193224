package io.warmgate.server.filter;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.server.uri.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request to a backend: the client's end-to-end fields, and who asked, for
 * what, through whom ({@code Forwarded}, RFC 7239; {@code X-Forwarded-*}; {@code Via}, RFC 9110
 * §7.6.3). Where the answer may be shared, what is said of that is made of what is keyed; of the
 * client's own only what {@link UnkeyedFields} lets through.
 */
public final class Forwarding {
  /** Asks this gateway to tell more; no part of any key, so that no origin may see it. */
  public static final String DEBUG = "warmgate-debug";

  private static final AsciiString FOR = AsciiString.cached("x-forwarded-for");
  private static final AsciiString PROTO = AsciiString.cached("x-forwarded-proto");
  private static final AsciiString HOST = AsciiString.cached("x-forwarded-host");
  private static final AsciiString PORT = AsciiString.cached("x-forwarded-port");
  private static final AsciiString FORWARDED = AsciiString.cached("forwarded");

  /** How fields begin that pods of a gateway tell each other; no client's to send. */
  public static final String PODS = "warmgate-handover";

  /** A credential for this gateway. */
  private static final String PREVIEW = AdminApi.PREVIEW_HEADER.toLowerCase(Locale.ROOT);

  private final CdnLoop loop;
  private final @Nullable List<String> keyed;
  private final HttpVersion received;

  /**
   * @param keyed lower-case names of the fields that are part of the key; null: the answer is for
   *     this client alone, and there is no key
   * @param received what the client speaks
   */
  public Forwarding(CdnLoop loop, @Nullable List<String> keyed, HttpVersion received) {
    this.loop = loop;
    this.keyed = keyed;
    this.received = received;
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
    for (Map.Entry<String, String> field : request.headers()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      if (endToEnd(name) && passes(name, client)) {
        headers.add(name, field.getValue());
      }
    }
    append(headers, client, target, port);
    loop.append(headers);
    headers.add(
        HttpHeaderNames.VIA, received == HttpVersion.HTTP_2 ? "2 warmgate" : "1.1 warmgate");
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
        && !name.equals(PREVIEW)
        && !name.startsWith(PODS)
        && !HopByHop.is(name);
  }

  private boolean passes(String name, Client client) {
    return !UnkeyedFields.is(name) || (client.trusted() && (keyed == null || keyed.contains(name)));
  }

  private void append(MultiMap headers, Client client, Target target, int listenerPort) {
    String scheme = target.scheme();
    List<String> before = keyed == null ? List.of() : client.believed();
    headers.set(FOR, joined(headers, FOR, before, client.peer()));
    setIfAbsent(headers, PROTO, scheme);
    setIfAbsent(headers, HOST, target.authority());
    int port = keyed == null ? listenerPort : port(target);
    setIfAbsent(headers, PORT, Integer.toString(port));
    String element =
        "for=" + node(client.peer()) + ";host=\"" + target.authority() + "\";proto=" + scheme;
    List<String> nodes =
        before.isEmpty() ? before : before.stream().map(address -> "for=" + node(address)).toList();
    headers.set(FORWARDED, joined(headers, FORWARDED, nodes, element));
  }

  /** As the client names it: that is keyed, the listener's own is not. */
  private static int port(Target target) {
    if (target.port() >= 0) {
      return target.port();
    }
    return target.scheme().equals("https") ? 443 : 80;
  }

  /**
   * @param before what stands for the field where it was not passed on
   */
  private static String joined(
      MultiMap headers, CharSequence field, List<String> before, String last) {
    List<String> values = headers.contains(field) ? headers.getAll(field) : before;
    return values.isEmpty() ? last : String.join(", ", values) + ", " + last;
  }

  private static void setIfAbsent(MultiMap headers, CharSequence field, String value) {
    if (!headers.contains(field)) {
      headers.set(field, value);
    }
  }

  /** RFC 7239 §6: an IPv6 address is bracketed and quoted. */
  private static String node(String address) {
    return address.indexOf(':') >= 0 ? "\"[" + address + "]\"" : address;
  }
}
