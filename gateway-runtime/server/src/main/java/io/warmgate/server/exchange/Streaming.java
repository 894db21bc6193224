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
  /**
   * So many bytes wait for a client, and those of the one write that passed it; more are not asked
   * for. Vert.x calls its queue full after sixteen writes, however large they are.
   */
  private static final int MOST_WAITING = 128 << 10;

  private final HttpServerResponse response;
  private final OriginResponse origin;
  private final Promise<Void> done = Promise.promise();
  private final @Nullable String length;
  private @Nullable Buffer whole;
  private boolean begun;
  private boolean ending;

  /** In bytes, of the writes that have not reached the kernel yet. */
  private long waiting;

  private boolean held;

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
    response.drainHandler(_ -> release());
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
      send(whole);
      whole = null;
    }
    send(chunk);
    if (isFull() && !held) {
      held = true;
      origin.body().pause();
    }
  }

  private void send(Buffer part) {
    int bytes = part.length();
    waiting += bytes;
    response
        .write(part)
        .onSuccess(
            _ -> {
              waiting -= bytes;
              release();
            });
  }

  private boolean isFull() {
    return waiting >= MOST_WAITING || response.writeQueueFull();
  }

  private void release() {
    if (held && !isFull()) {
      held = false;
      origin.body().resume();
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
