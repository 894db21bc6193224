package io.warmgate.server.upstream;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.exchange.OriginResponse;
import io.warmgate.server.filter.HopByHop;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer from behind, and the end of its call when the answer was read or given up. */
public final class UpstreamResponse implements OriginResponse, ReadStream<Buffer> {
  private final HttpClientRequest request;
  private final HttpClientResponse response;
  private final boolean bodiless;
  private final Consumer<@Nullable Throwable> finished;
  private final MultiMap headers;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private boolean over;
  private boolean excess;

  /**
   * @param finished null: read whole; else why not
   */
  public UpstreamResponse(
      HttpClientRequest request,
      HttpClientResponse response,
      boolean bodiless,
      Consumer<@Nullable Throwable> finished) {
    this.request = request;
    this.response = response;
    this.bodiless = bodiless;
    this.finished = finished;
    // A copy: the client looks at Connection when the answer ends.
    this.headers = MultiMap.caseInsensitiveMultiMap().addAll(response.headers());
    HopByHop.remove(headers);
    response.endHandler(_ -> ended());
    response.exceptionHandler(this::broken);
  }

  @Override
  public int status() {
    return response.statusCode();
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
    return response.trailers();
  }

  @Override
  public boolean hasExcess() {
    return excess;
  }

  @Override
  public void abort() {
    if (over) {
      return;
    }
    if (bodiless) {
      response.resume();
    } else {
      over = true;
      request.reset();
      finished.accept(null);
    }
  }

  private void ended() {
    if (!over) {
      over = true;
      excess =
          request.connection() instanceof ConnectionBase base && Wire.hasExcess(base.channel());
      finished.accept(null);
      if (endHandler != null) {
        endHandler.handle(null);
      }
    }
  }

  private void broken(Throwable cause) {
    if (!over) {
      over = true;
      finished.accept(cause);
      if (exceptionHandler != null) {
        exceptionHandler.handle(cause);
      }
    }
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    exceptionHandler = handler;
    return this;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
    response.handler(handler);
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    response.pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    response.resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    response.fetch(amount);
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    endHandler = handler;
    return this;
  }
}
