package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.OriginResponse;

/** An answer whose body is known. */
final class MadeResponse implements OriginResponse {
  private final int status;
  private final MultiMap headers;
  private final ReadStream<Buffer> body;

  /**
   * @param headers its own; its length is set here
   */
  MadeResponse(int status, MultiMap headers, Buffer body) {
    this.status = status;
    this.headers = headers.set("content-length", Integer.toString(body.length()));
    this.body = new Content(body, null).stream();
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public ReadStream<Buffer> body() {
    return body;
  }

  @Override
  public MultiMap trailers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  @Override
  public void abort() {}
}
