package io.warmgate.server.exchange;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;

/**
 * Carries an origin's body to the client: back-pressure, trailers, and both ways of breaking off.
 */
final class Streaming {
  private final HttpServerResponse response;
  private final OriginResponse origin;
  private final Promise<Void> done = Promise.promise();
  private boolean ending;

  Streaming(HttpServerResponse response, OriginResponse origin) {
    this.response = response;
    this.origin = origin;
  }

  Future<Void> run(boolean bodiless) {
    if (bodiless) {
      origin.abort();
      return response.end();
    }
    if (!origin.headers().contains("content-length")) {
      response.setChunked(true);
    }
    response.closeHandler(_ -> clientGone());
    response.exceptionHandler(_ -> clientGone());
    ReadStream<Buffer> body = origin.body();
    body.exceptionHandler(done::tryFail);
    body.endHandler(_ -> end());
    body.handler(this::write);
    response.drainHandler(_ -> body.resume());
    body.resume();
    return done.future();
  }

  private void write(Buffer chunk) {
    response.write(chunk);
    if (response.writeQueueFull()) {
      origin.body().pause();
    }
  }

  private void end() {
    ending = true;
    if (!origin.trailers().isEmpty()) {
      response.trailers().addAll(origin.trailers());
    }
    response.end().onComplete(_ -> done.tryComplete(), done::tryFail);
  }

  private void clientGone() {
    if (!ending && done.tryFail("the client went away")) {
      origin.abort();
    }
  }
}
