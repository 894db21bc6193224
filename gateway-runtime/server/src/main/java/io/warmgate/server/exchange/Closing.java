package io.warmgate.server.exchange;

import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Connections whose last answer is under way, since the client said so or was refused. RFC 9112
 * §9.6: a server that sends or receives {@code close} "MUST NOT process any further requests
 * received on that connection". What a client put behind such a request may be content that
 * somebody before the gateway did not take for it.
 */
final class Closing {
  private static final AttributeKey<Boolean> KEY = AttributeKey.valueOf(Closing.class, "closing");

  private Closing() {}

  static void mark(HttpServerRequest request) {
    if (request.connection() instanceof ConnectionBase connection) {
      connection.channel().attr(KEY).set(true);
    }
  }

  static boolean is(HttpServerRequest request) {
    return request.version() != HttpVersion.HTTP_2
        && request.connection() instanceof ConnectionBase connection
        && connection.channel().hasAttr(KEY);
  }
}
