package io.warmgate.server.cache;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * One reader of a {@link SharedBody}, as a stream on the reader's own event loop. Begins paused.
 */
final class BodyStream implements ReadStream<Buffer> {
  private final Context context;
  private final SharedBody.Place place;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private long demand;
  private boolean draining;
  private boolean over;

  private BodyStream(Context context, SharedBody body) {
    this.context = context;
    SharedBody.Place joined = body.join(this::wake);
    if (joined == null) {
      throw new IllegalStateException("the beginning of the body is gone");
    }
    this.place = joined;
  }

  /**
   * Joins; null where the beginning of the body is gone. Called on any thread; all else on the
   * reader's event loop.
   */
  static @Nullable BodyStream of(Context context, SharedBody body) {
    try {
      return new BodyStream(context, body);
    } catch (IllegalStateException _) {
      return null;
    }
  }

  /** Reads no more. */
  void leave() {
    over = true;
    place.leave();
  }

  private void wake() {
    context.runOnContext(_ -> drain());
  }

  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      while (!over && demand > 0) {
        SharedBody.Next next = place.next();
        if (!deliver(next)) {
          return;
        }
      }
    } finally {
      draining = false;
    }
  }

  private boolean deliver(SharedBody.Next next) {
    return switch (next) {
      case SharedBody.Next.Chunk(Buffer bytes) -> {
        if (demand != Long.MAX_VALUE) {
          demand--;
        }
        if (handler != null) {
          handler.handle(bytes);
        }
        yield true;
      }
      case SharedBody.Next.Wait _ -> false;
      case SharedBody.Next.End _ -> {
        leave();
        if (endHandler != null) {
          endHandler.handle(null);
        }
        yield false;
      }
      case SharedBody.Next.Broken(Throwable cause) -> {
        leave();
        if (exceptionHandler != null) {
          exceptionHandler.handle(cause);
        }
        yield false;
      }
    };
  }

  @Override
  public BodyStream handler(@Nullable Handler<Buffer> newHandler) {
    handler = newHandler;
    return this;
  }

  @Override
  public BodyStream endHandler(@Nullable Handler<Void> newHandler) {
    endHandler = newHandler;
    return this;
  }

  @Override
  public BodyStream exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    exceptionHandler = newHandler;
    return this;
  }

  @Override
  public BodyStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public BodyStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public BodyStream fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    drain();
    return this;
  }
}
