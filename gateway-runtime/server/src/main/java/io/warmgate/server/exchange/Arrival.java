package io.warmgate.server.exchange;

import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * How a request came to the gateway: over a connection of this pod's, or over one of another pod's
 * that handed it over. What is said of the client is said from here; the request's own connection
 * says only how the next bytes are read and written.
 *
 * @param peer IP address of the other end
 * @param secure whether over TLS
 * @param version that the client spoke
 * @param certificate SHA-256 of the client's certificate (DER), lower-case hexadecimal: TLS has
 *     shown that it holds the key. Null: there is none, or its time is over
 * @param handed by whom; null: it came to this pod
 */
public record Arrival(
    String peer,
    boolean secure,
    HttpVersion version,
    @Nullable String certificate,
    @Nullable Handed handed) {
  private static final AttributeKey<Arrival> KEY = AttributeKey.valueOf(Arrival.class, "arrival");

  /**
   * @param pod name of the pod that the request came to
   * @param authority {@code :authority} of HTTP/2; null where there was none
   */
  public record Handed(String pod, @Nullable String authority) {}

  /** Made once for all requests of a connection. Called on the connection's event loop. */
  public static Arrival of(HttpServerRequest request) {
    if (!(request.connection() instanceof ConnectionBase connection)) {
      return read(request);
    }
    Attribute<Arrival> kept = connection.channel().attr(KEY);
    Arrival known = kept.get();
    if (known == null || known.version != request.version()) {
      known = read(request);
      kept.set(known);
    }
    return known;
  }

  private static Arrival read(HttpServerRequest request) {
    return new Arrival(
        request.remoteAddress().hostAddress(),
        request.isSSL(),
        request.version(),
        request.isSSL() ? ClientCertificate.of(request.connection()) : null,
        null);
  }

  /** {@code :authority} of HTTP/2; null in what is older, or where there was none. */
  public @Nullable String authority(HttpServerRequest request) {
    if (version != HttpVersion.HTTP_2) {
      return null;
    }
    if (handed != null) {
      return handed.authority;
    }
    return request.authority() == null ? null : request.authority().toString();
  }
}
