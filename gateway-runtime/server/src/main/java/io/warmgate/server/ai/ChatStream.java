package io.warmgate.server.ai;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.ai.chat.OutputFormat;
import io.warmgate.ai.stream.Folded;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamFold;
import io.warmgate.ai.stream.StreamReader;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.DelegatingResponse;
import io.warmgate.server.exchange.Inference.Ending;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.exchange.Worth;
import org.jspecify.annotations.Nullable;

/**
 * A provider's stream as it comes, put together on its way: what it came to is known at its end.
 */
final class ChatStream implements DelegatingResponse, ReadStream<Buffer> {
  private final OriginResponse answer;
  private final ServedModel model;
  private final OutputFormat format;
  private final long nowSeconds;
  private final MultiMap headers;
  private final StreamReader reader;
  private final StreamFold fold;
  private final Metering metering;
  private boolean read;

  /**
   * @param format that was asked for
   * @param nowSeconds since the epoch
   */
  ChatStream(
      OriginResponse answer,
      ServedModel model,
      OutputFormat format,
      long nowSeconds,
      Metering metering) {
    this.format = format;
    this.answer = answer;
    this.model = model;
    this.nowSeconds = nowSeconds;
    this.metering = metering;
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
    readToEnd();
    return Keepable.ofStream(
        fold.result(), format, metering.took(), model.readOnlyTools(), model.teller(nowSeconds));
  }

  private void read(StreamEvent event) {
    fold.add(event);
    if (event instanceof StreamEvent.PartGrew(int _, String more)) {
      metering.heard(more.length());
    }
  }

  private void readToEnd() {
    if (read) {
      return;
    }
    read = true;
    for (StreamEvent event : reader.end()) {
      // The reader's word that it is cut, which the fold knows itself.
      if (!(event instanceof StreamEvent.Failed)) {
        read(event);
      }
    }
  }

  /** The body ended, or nothing more of it comes. */
  private void ended(Ending otherwise) {
    readToEnd();
    Ending ending =
        switch (fold.end()) {
          case Folded.Complete _ -> Ending.ANSWERED;
          case Folded.Failed _ -> Ending.REFUSED;
          case Folded.Cut _ -> otherwise;
        };
    metering.ended(ending, fold.id(), fold.usage());
  }

  @Override
  public void abort() {
    ended(Ending.GIVEN_UP);
    answer.abort();
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
                  reader.read(chunk.getBytes()).forEach(this::read);
                  chunks.handle(chunk);
                });
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> end) {
    answer
        .body()
        .endHandler(
            end == null
                ? null
                : _ -> {
                  ended(Ending.BROKEN);
                  end.handle(null);
                });
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> failed) {
    answer
        .body()
        .exceptionHandler(
            failed == null
                ? null
                : cause -> {
                  ended(Ending.BROKEN);
                  failed.handle(cause);
                });
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
