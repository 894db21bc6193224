package io.warmgate.server.exchange;

import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/** The other end of a connection. Its address is put into words once for all its requests. */
final class Peer {
  private static final AttributeKey<String> KEY = AttributeKey.valueOf(Peer.class, "address");

  private Peer() {}

  /** IP address; called on the connection's event loop. */
  static String address(HttpServerRequest request) {
    if (!(request.connection() instanceof ConnectionBase connection)) {
      return request.remoteAddress().hostAddress();
    }
    Attribute<String> kept = connection.channel().attr(KEY);
    String known = kept.get();
    if (known == null) {
      known = request.remoteAddress().hostAddress();
      kept.set(known);
    }
    return known;
  }
}
