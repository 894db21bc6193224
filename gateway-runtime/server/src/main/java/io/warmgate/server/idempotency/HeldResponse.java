package io.warmgate.server.idempotency;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Worth;

/** An answer whose body, or the beginning of it, was read. */
record HeldResponse(OriginResponse response, Content content) implements OriginResponse {

  @Override
  public int status() {
    return response.status();
  }

  @Override
  public MultiMap headers() {
    return response.headers();
  }

  @Override
  public ReadStream<Buffer> body() {
    return content.stream();
  }

  @Override
  public MultiMap trailers() {
    return response.trailers();
  }

  @Override
  public boolean hasExcess() {
    return response.hasExcess();
  }

  @Override
  public boolean isJudgedAtEnd() {
    return response.isJudgedAtEnd();
  }

  @Override
  public Worth worth() {
    return response.worth();
  }

  @Override
  public void abort() {
    if (!content.isWhole()) {
      response.abort();
    }
  }
}
