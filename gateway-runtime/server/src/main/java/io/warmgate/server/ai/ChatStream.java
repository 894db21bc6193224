package io.warmgate.server.ai;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamFold;
import io.warmgate.ai.stream.StreamReader;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Worth;
import org.jspecify.annotations.Nullable;

/**
 * A provider's stream as it comes, put together on its way: what it came to is known at its end.
 */
final class ChatStream implements OriginResponse, ReadStream<Buffer> {
  private final OriginResponse response;
  private final ServedModel model;
  private final long nowSeconds;
  private final MultiMap headers;
  private final StreamReader reader;
  private final StreamFold fold;

  /**
   * @param nowSeconds since the epoch
   */
  ChatStream(OriginResponse response, ServedModel model, long nowSeconds) {
    this.response = response;
    this.model = model;
    this.nowSeconds = nowSeconds;
    this.headers = ProviderFields.answer(response.headers());
    // What servers say of streams is meant for those who would hold them up.
    headers.remove("cache-control");
    this.reader = model.provider().openStream();
    this.fold = new StreamFold(model.provider().dialect());
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
  public boolean isJudgedAtEnd() {
    return true;
  }

  @Override
  public boolean hasExcess() {
    return response.hasExcess();
  }

  @Override
  public Worth worth() {
    if (response.hasExcess()) {
      return new Worth.Nothing(Reason.INCOMPLETE);
    }
    for (StreamEvent event : reader.end()) {
      // The reader's word that it is cut, which the fold knows itself.
      if (!(event instanceof StreamEvent.Failed)) {
        fold.add(event);
      }
    }
    return Keepable.ofStream(fold.result(), model.readOnlyTools(), model.ownFront(nowSeconds));
  }

  @Override
  public ReadStream<Buffer> body() {
    return this;
  }

  @Override
  public MultiMap trailers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  @Override
  public void abort() {
    response.abort();
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> chunks) {
    response
        .body()
        .handler(
            chunks == null
                ? null
                : chunk -> {
                  reader.read(chunk.getBytes()).forEach(fold::add);
                  chunks.handle(chunk);
                });
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> end) {
    response.body().endHandler(end);
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> failed) {
    response.body().exceptionHandler(failed);
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    response.body().pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    response.body().resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    response.body().fetch(amount);
    return this;
  }
}
