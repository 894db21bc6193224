package io.warmgate.server.listener;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/**
 * What cannot be read as HTTP is answered and its connection closed: framing that is in doubt is
 * never followed by another request (RFC 9112 §11.2).
 */
final class InvalidRequests {
  private InvalidRequests() {}

  static void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    int status =
        switch (cause) {
          case TooLongHttpLineException _ -> 414;
          case TooLongHttpHeaderException _ -> 431;
          case null, default -> 400;
        };
    request
        .response()
        .setStatusCode(status)
        .putHeader("connection", "close")
        .putHeader("content-type", "application/problem+json")
        .end("{\"type\":\"about:blank\",\"status\":" + status + "}\n")
        .onComplete(_ -> request.connection().close());
  }
}
