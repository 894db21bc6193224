package io.warmgate.server.exchange;

import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Whether content may follow a request's head in HTTP/2: the head did not end the stream (RFC 9113
 * §8.1). A {@code Content-Length} is not needed there, so that its absence tells nothing. Asked on
 * the connection's event loop, when the head has arrived.
 */
final class OpenStream {
  private OpenStream() {}

  static boolean is(HttpServerRequest request) {
    if (!(request.connection() instanceof ConnectionBase connection)) {
      return true;
    }
    Http2ConnectionHandler http2 =
        connection.channel().pipeline().get(Http2ConnectionHandler.class);
    Http2Stream stream = http2 == null ? null : http2.connection().stream((int) request.streamId());
    return stream == null || stream.state().remoteSideOpen();
  }
}
