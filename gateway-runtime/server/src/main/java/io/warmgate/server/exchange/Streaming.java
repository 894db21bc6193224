package io.warmgate.server.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * Carries an origin's body to the client: back-pressure, trailers, and both ways of breaking off.
 */
final class Streaming {
  private final HttpServerResponse response;
  private final OriginResponse origin;
  private final Promise<Void> done = Promise.promise();
  private final @Nullable String length;
  private @Nullable Buffer whole;
  private boolean begun;
  private boolean ending;

  Streaming(HttpServerResponse response, OriginResponse origin) {
    this.response = response;
    this.origin = origin;
    this.length = origin.headers().get(HttpHeaderNames.CONTENT_LENGTH);
  }

  Future<Void> run(boolean bodiless) {
    if (bodiless) {
      origin.abort();
      return response.end();
    }
    if (length == null) {
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

  /**
   * A body that is whole with its first chunk waits for its end, which comes at once: then head and
   * body are one message, and not three.
   */
  private void write(Buffer chunk) {
    if (!begun && Integer.toString(chunk.length()).equals(length)) {
      begun = true;
      whole = chunk;
      return;
    }
    begun = true;
    if (whole != null) {
      response.write(whole);
      whole = null;
    }
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
    Future<Void> ended = whole == null ? response.end() : response.end(whole);
    ended.onComplete(_ -> done.tryComplete(), done::tryFail);
  }

  private void clientGone() {
    if (!ending && done.tryFail("the client went away")) {
      origin.abort();
    }
  }
}
