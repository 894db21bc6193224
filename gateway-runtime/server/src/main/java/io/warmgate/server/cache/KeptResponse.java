package io.warmgate.server.cache;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.exchange.OriginResponse;

/** A reader's view of a response that is being kept: its own head, and the body that is shared. */
record KeptResponse(int status, MultiMap headers, BodyStream stream) implements OriginResponse {

  @Override
  public ReadStream<Buffer> body() {
    return stream;
  }

  /** What is kept has none: its length is known, or it is framed anew. */
  @Override
  public MultiMap trailers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  @Override
  public void abort() {
    stream.leave();
  }
}
