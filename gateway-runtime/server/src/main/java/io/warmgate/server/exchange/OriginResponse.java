package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A backend's answer, from its head on. The body flows when it is asked for. */
public interface OriginResponse {

  /** Final status: 200 to 599. */
  int status();

  /** End-to-end fields only, plus {@code Content-Length} where the body's length is known. */
  MultiMap headers();

  /**
   * Paused. Its exception handler is called where the backend's connection is lost before the body
   * is whole: what was read until then must not be passed off as the whole.
   */
  ReadStream<Buffer> body();

  /** Trailer fields; complete when the body ended. */
  MultiMap trailers();

  /** Gives the answer up: frees the connection, and no more of the body flows. Idempotent. */
  void abort();
}
