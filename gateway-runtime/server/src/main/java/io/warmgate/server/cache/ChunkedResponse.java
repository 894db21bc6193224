package io.warmgate.server.cache;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.exchange.OriginResponse;

/** An entry whose body is read from Redis while it is sent. */
record ChunkedResponse(int status, MultiMap headers, ChunkStream stream) implements OriginResponse {

  @Override
  public ReadStream<Buffer> body() {
    return stream;
  }

  @Override
  public MultiMap trailers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  @Override
  public void abort() {
    stream.leave();
  }
}
