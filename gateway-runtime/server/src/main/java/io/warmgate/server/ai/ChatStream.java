package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.exchange.OriginResponse;

/** A provider's stream as it comes. */
final class ChatStream implements OriginResponse {
  private final OriginResponse response;
  private final MultiMap headers;

  ChatStream(OriginResponse response, ServedModel model) {
    this.response = response;
    this.headers = ProviderFields.answer(response.headers());
  }

  @Override
  public int status() {
    return response.status();
  }

  @Override
  public MultiMap headers() {
    return headers;
  }

  @Override
  public ReadStream<Buffer> body() {
    return response.body();
  }

  @Override
  public MultiMap trailers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  @Override
  public void abort() {
    response.abort();
  }
}
