package io.warmgate.server.idempotency;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.DelegatingResponse;
import io.warmgate.server.exchange.OriginResponse;

/** An answer whose body, or the beginning of it, was read. */
record HeldResponse(OriginResponse answer, Content content) implements DelegatingResponse {

  @Override
  public ReadStream<Buffer> body() {
    return content.stream();
  }

  @Override
  public void abort() {
    if (!content.isWhole()) {
      answer.abort();
    }
  }
}
