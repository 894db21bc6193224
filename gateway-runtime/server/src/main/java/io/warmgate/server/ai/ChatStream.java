package io.warmgate.server.ai;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamFold;
import io.warmgate.ai.stream.StreamReader;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.DelegatingResponse;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Worth;
import org.jspecify.annotations.Nullable;

/**
 * A provider's stream as it comes, put together on its way: what it came to is known at its end.
 */
final class ChatStream implements DelegatingResponse, ReadStream<Buffer> {
  private final OriginResponse answer;
  private final ServedModel model;
  private final long nowSeconds;
  private final MultiMap headers;
  private final StreamReader reader;
  private final StreamFold fold;

  /**
   * @param nowSeconds since the epoch
   */
  ChatStream(OriginResponse answer, ServedModel model, long nowSeconds) {
    this.answer = answer;
    this.model = model;
    this.nowSeconds = nowSeconds;
    this.headers = ProviderFields.answer(answer.headers());
    // What servers say of streams is meant for those who would hold them up.
    headers.remove("cache-control");
    this.reader = model.provider().openStream();
    this.fold = new StreamFold(model.provider().dialect());
  }

  @Override
  public OriginResponse answer() {
    return answer;
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
  public Worth worth() {
    if (hasExcess()) {
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
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> chunks) {
    answer
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
    answer.body().endHandler(end);
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> failed) {
    answer.body().exceptionHandler(failed);
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    answer.body().pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    answer.body().resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    answer.body().fetch(amount);
    return this;
  }
}
