package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.server.exchange.OriginResponse;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body, or a part of it, chunk by chunk at its reader's pace: so many are asked ahead, and
 * no more are held. Where one is lost, what is missing from there is asked of somebody else, once.
 * Begins paused; confined to one event loop.
 */
final class ChunkStream implements ReadStream<Buffer> {
  /** Chunks that are asked for or read, and not yet taken. */
  static final int AHEAD = 2;

  private final ChunkedBody body;
  private final int last;
  private final IntFunction<Future<Buffer>> chunks;
  private final Rest rest;
  private final ArrayDeque<Future<Buffer>> ahead = new ArrayDeque<>();
  private final Context context;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private Consumer<Buffer> also = _ -> {};
  private int at;
  private int nextChunk;
  private long demand;
  private boolean draining;
  private boolean over;
  private boolean handedOver;
  private @Nullable OriginResponse follow;

  /** Who has what Redis has lost. */
  interface Rest {
    /**
     * @param lost why it is asked
     * @param from the first byte that is wanted, to the last of the part
     * @return an answer whose body is that and nothing else; fails where there is none
     */
    Future<OriginResponse> ask(Throwable lost, int from);
  }

  /**
   * @param span that is read
   * @param chunks reads one
   */
  ChunkStream(
      Context context,
      ChunkedBody body,
      ByteSpan span,
      IntFunction<Future<Buffer>> chunks,
      Rest rest) {
    this.context = context;
    this.body = body;
    this.at = span.first();
    this.last = span.last();
    this.chunks = chunks;
    this.rest = rest;
    this.nextChunk = body.chunkOf(at);
  }

  /** Bytes of a body, both included. */
  record ByteSpan(int first, int last) {
    int length() {
      return last - first + 1;
    }
  }

  /** Asks for the beginning; nothing is read. Fails where it is lost. */
  Future<Void> first() {
    askAhead();
    return ahead.element().mapEmpty();
  }

  /** Each part that comes from Redis is shown to somebody else too. */
  void also(Consumer<Buffer> seen) {
    also = seen;
  }

  private void askAhead() {
    while (!over && ahead.size() < AHEAD && nextChunk <= body.chunkOf(last)) {
      Future<Buffer> asked = chunks.apply(nextChunk++);
      ahead.add(asked);
      asked.onComplete(_ -> drain());
    }
  }

  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      while (!over && !handedOver && demand > 0 && step()) {}
    } finally {
      draining = false;
    }
  }

  /** Whether there may be more to do. */
  private boolean step() {
    if (at > last) {
      end();
      return false;
    }
    askAhead();
    Future<Buffer> next = ahead.element();
    if (!next.isComplete()) {
      return false;
    }
    ahead.remove();
    if (next.failed()) {
      handOver(next.cause());
      return false;
    }
    deliver(part(next.result()));
    return true;
  }

  private Buffer part(Buffer chunk) {
    int begin = body.chunkOf(at) * body.chunkLength();
    int from = at - begin;
    int to = Math.min(chunk.length(), last + 1 - begin);
    Buffer part = from == 0 && to == chunk.length() ? chunk : chunk.slice(from, to);
    also.accept(part);
    return part;
  }

  private void deliver(Buffer part) {
    at += part.length();
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    if (handler != null) {
      handler.handle(part);
    }
  }

  private void end() {
    over = true;
    if (endHandler != null) {
      endHandler.handle(null);
    }
  }

  private void fail(Throwable cause) {
    leave();
    if (exceptionHandler != null) {
      exceptionHandler.handle(cause);
    }
  }

  private void handOver(Throwable lost) {
    handedOver = true;
    ahead.clear();
    rest.ask(lost, at)
        .onComplete(
            found -> context.runOnContext(_ -> follow(found)),
            failure -> context.runOnContext(_ -> fail(failure)));
  }

  private void follow(OriginResponse found) {
    if (over) {
      found.abort();
      return;
    }
    follow = found;
    found
        .body()
        .exceptionHandler(this::fail)
        .endHandler(_ -> followed())
        .handler(
            part -> {
              if (!over) {
                deliver(part);
              }
            });
    if (demand > 0) {
      found.body().fetch(demand);
    }
  }

  private void followed() {
    if (over) {
      return;
    }
    if (at == last + 1) {
      end();
    } else {
      fail(new IllegalStateException("the rest is of another length"));
    }
  }

  /** Reads no more. */
  void leave() {
    over = true;
    ahead.clear();
    if (follow != null) {
      follow.abort();
    }
  }

  @Override
  public ChunkStream handler(@Nullable Handler<Buffer> newHandler) {
    handler = newHandler;
    return this;
  }

  @Override
  public ChunkStream endHandler(@Nullable Handler<Void> newHandler) {
    endHandler = newHandler;
    return this;
  }

  @Override
  public ChunkStream exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    exceptionHandler = newHandler;
    return this;
  }

  @Override
  public ChunkStream pause() {
    demand = 0;
    if (follow != null) {
      follow.body().pause();
    }
    return this;
  }

  @Override
  public ChunkStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ChunkStream fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    if (follow != null) {
      follow.body().fetch(amount);
    } else {
      drain();
    }
    return this;
  }
}
