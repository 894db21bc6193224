package io.warmgate.server.ai;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.exchange.DelegatingResponse;
import io.warmgate.server.exchange.OriginResponse;
import org.jspecify.annotations.Nullable;

/**
 * A stream as it comes, translated on its way; who reads it paces who sends it. One that breaks off
 * ends with an event that says so.
 */
final class RewrittenStream implements DelegatingResponse, ReadStream<Buffer> {
  private final OriginResponse answer;
  private final MultiMap headers;
  private final StreamTranslation translation;
  private final ReadStream<Buffer> source;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private boolean ended;

  /**
   * @param answer whose body was not touched
   * @param headers for the client
   */
  RewrittenStream(OriginResponse answer, MultiMap headers, StreamTranslation translation) {
    this.answer = answer;
    this.headers = headers;
    this.translation = translation;
    this.source = answer.body();
    source.exceptionHandler(_ -> end(translation.broken()));
    source.endHandler(_ -> end(translation.end()));
    source.handler(this::chunk);
  }

  private void chunk(Buffer came) {
    Buffer written = translation.chunk(came);
    if (translation.hasFailed() && !ended) {
      end(written);
      answer.abort();
    } else {
      pass(written);
    }
  }

  private void pass(Buffer written) {
    if (!ended && written.length() > 0 && handler != null) {
      handler.handle(written);
    }
  }

  private void end(Buffer last) {
    pass(last);
    if (!ended) {
      ended = true;
      if (endHandler != null) {
        endHandler.handle(null);
      }
    }
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
  public ReadStream<Buffer> body() {
    return this;
  }

  @Override
  public MultiMap trailers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  @Override
  public void abort() {
    ended = true;
    answer.abort();
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> never) {
    return this;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> chunks) {
    handler = chunks;
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> end) {
    endHandler = end;
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    source.pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    source.resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    source.fetch(amount);
    return this;
  }
}
