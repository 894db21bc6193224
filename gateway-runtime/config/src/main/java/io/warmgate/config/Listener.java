package io.warmgate.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A port that accepts requests.
 *
 * @param name as in {@code ApiGateway.spec.listeners[].name}
 * @param port what clients connect to; named in redirects and {@code X-Forwarded-Port}
 * @param bindPort what the pod binds; differs from {@code port} below 1024, which an unprivileged
 *     process may not bind
 * @param protocol HTTP takes HTTP/1.1 and h2c, HTTPS takes HTTP/1.1 and h2 by ALPN
 * @param hostname requests for other hosts are not this listener's; null takes all. Exact, or
 *     {@code *.} and a suffix
 * @param tls required with HTTPS, absent with HTTP
 * @param trustedProxies CIDR blocks whose {@code X-Forwarded-*} and {@code Forwarded} are believed
 */
public record Listener(
    String name,
    int port,
    int bindPort,
    Protocol protocol,
    @Nullable String hostname,
    @Nullable ListenerTls tls,
    List<String> trustedProxies) {

  /** What is spoken on the port. */
  public enum Protocol {
    HTTP,
    HTTPS
  }

  public Listener {
    Check.text("name", name);
    Check.range("port", port, 1, 65_535);
    Check.range("bindPort", bindPort, 1, 65_535);
    Check.present("protocol", protocol);
    Check.that(
        (protocol == Protocol.HTTPS) == (tls != null), "tls", "goes with HTTPS, and only there");
    trustedProxies = Check.list("trustedProxies", trustedProxies);
  }
}
