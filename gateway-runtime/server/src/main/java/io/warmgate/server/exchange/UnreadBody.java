package io.warmgate.server.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * What is done with the rest of a body when the answer is written already: read and thrown away for
 * a moment, so that the client sees the answer and not a reset (RFC 9112 §9.6), then the connection
 * is closed.
 */
final class UnreadBody {
  private static final long PATIENCE_MILLIS = 1_000;

  private UnreadBody() {}

  /**
   * @param close whether the connection is closed even if the body ended
   */
  static void discard(HttpServerRequest request, boolean close) {
    if (request.response().closed()) {
      return;
    }
    if (request.isEnded()) {
      if (close) {
        request.connection().close();
      }
      return;
    }
    request.handler(_ -> {});
    request.exceptionHandler(_ -> {});
    if (request.version() == HttpVersion.HTTP_2) {
      request.endHandler(_ -> {});
    } else {
      long timer = later(request);
      request.endHandler(
          _ -> {
            Vertx.currentContext().owner().cancelTimer(timer);
            if (close) {
              request.connection().close();
            }
          });
    }
    request.resume();
  }

  private static long later(HttpServerRequest request) {
    return Vertx.currentContext()
        .owner()
        .setTimer(PATIENCE_MILLIS, _ -> request.connection().close());
  }
}
