package io.warmgate.server.filter;

import java.util.List;
import java.util.Set;

/**
 * Request fields by which some backends take another host, path, method, scheme or client than the
 * one that was routed and keyed: whoever may set one shapes an answer that is kept for others. A
 * peer that is not trusted has none of them passed on. A trusted one does, but not for an answer
 * that may be shared, unless the field is keyed: proxies pass on what their own clients sent.
 *
 * <p>The gateway's own {@code X-Forwarded-*} and {@code Forwarded} are made of what was routed and
 * keyed ({@link Forwarding}).
 */
public final class UnkeyedFields {
  private static final List<String> PREFIXES =
      List.of("x-forwarded", "x-original-", "x-originating-", "x-rewrite-", "x-override-");

  private static final Set<String> NAMES =
      Set.of(
          // Host.
          "forwarded",
          "x-host",
          "x-real-host",
          "x-backend-host",
          "x-http-host",
          "x-http-host-override",
          "x-host-override",
          "proxy-host",
          // Path.
          "x-request-uri",
          "x-http-destinationurl",
          "x-envoy-original-path",
          "x-envoy-original-host",
          "x-script-name",
          "base-url",
          "request-uri",
          // Method.
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "http-method-override",
          "_method",
          // Scheme.
          "front-end-https",
          "x-scheme",
          "x-proto",
          "x-url-scheme",
          // Client.
          "x-client-ip",
          "x-cluster-client-ip",
          "x-real-ip",
          "x-remote-addr",
          "x-remote-ip",
          "true-client-ip",
          "client-ip",
          "cf-connecting-ip",
          "fastly-client-ip",
          "proxy-client-ip",
          "wl-proxy-client-ip",
          "x-envoy-external-address",
          // To a CGI it is HTTP_PROXY, where it sends its own requests (CVE-2016-5385).
          "proxy");

  private UnkeyedFields() {}

  /**
   * @param lowerName of a field, in lower case; {@code _} counts as {@code -}, since CGI and its
   *     heirs make them one
   */
  public static boolean is(String lowerName) {
    String name = lowerName.indexOf('_') <= 0 ? lowerName : lowerName.replace('_', '-');
    if (NAMES.contains(name)) {
      return true;
    }
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
