package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.cache.Content;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Worth;

/** An answer whose body is known. */
final class MadeResponse implements OriginResponse {
  private final int status;
  private final MultiMap headers;
  private final ReadStream<Buffer> body;
  private final Worth worth;

  /**
   * @param headers its own; its length is set here
   */
  MadeResponse(int status, MultiMap headers, Buffer body) {
    this(status, headers, body, Worth.Plain.AS_IT_CAME);
  }

  /**
   * @param headers its own; its length is set here
   */
  MadeResponse(int status, MultiMap headers, Buffer body, Worth worth) {
    this.worth = worth;
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

  /** What is kept as it came may be said to be stored before its end. */
  @Override
  public boolean isJudgedAtEnd() {
    return worth != Worth.Plain.AS_IT_CAME;
  }

  @Override
  public Worth worth() {
    return worth;
  }

  @Override
  public void abort() {}
}
