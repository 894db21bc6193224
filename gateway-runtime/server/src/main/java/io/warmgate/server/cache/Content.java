package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's content, read to know its key: held whole, or found too long and joined again from
 * what was read and what is still to come.
 *
 * @param rest of a longer one, after {@code begin}; null where it is whole
 */
public record Content(Buffer begin, @Nullable ReadStream<Buffer> rest) {

  /**
   * @param body paused; null: there is none
   * @param max in bytes
   */
  public static Future<Content> read(@Nullable ReadStream<Buffer> body, long max) {
    if (body == null) {
      return Future.succeededFuture(new Content(Buffer.buffer(), null));
    }
    Promise<Content> read = Promise.promise();
    Buffer held = Buffer.buffer();
    body.exceptionHandler(read::tryFail);
    body.endHandler(_ -> read.tryComplete(new Content(held, null)));
    body.handler(
        chunk -> {
          held.appendBuffer(chunk);
          if (held.length() > max) {
            body.pause();
            read.tryComplete(new Content(held, body));
          }
        });
    body.resume();
    return read.future();
  }

  /** Whether all of it was read. */
  public boolean isWhole() {
    return rest == null;
  }

  /** To be read once where it is not whole, and any number of times where it is. */
  public ReadStream<Buffer> stream() {
    return new Joined(begin, rest);
  }

  /** What was read, and then what is still to come. Paused. */
  private static final class Joined implements ReadStream<Buffer> {
    private final @Nullable ReadStream<Buffer> rest;
    private @Nullable Buffer begin;
    private boolean paused = true;
    private boolean ended;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;

    Joined(Buffer begin, @Nullable ReadStream<Buffer> rest) {
      this.begin = begin;
      this.rest = rest;
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> chunks) {
      handler = chunks;
      if (rest != null) {
        rest.handler(chunks);
      }
      return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> end) {
      endHandler = end;
      if (rest != null) {
        rest.endHandler(end);
      }
      return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> failed) {
      if (rest != null) {
        rest.exceptionHandler(failed);
      }
      return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
      paused = true;
      if (rest != null) {
        rest.pause();
      }
      return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
      paused = false;
      Buffer first = begin;
      begin = null;
      if (first != null && first.length() > 0 && handler != null) {
        handler.handle(first);
      }
      // The handler may have paused it again.
      if (!paused && rest != null) {
        rest.resume();
      }
      if (!paused && rest == null && !ended) {
        ended = true;
        if (endHandler != null) {
          endHandler.handle(null);
        }
      }
      return this;
    }

    /** Demand is not counted: what is held comes as one, and after it the rest as it flows. */
    @Override
    public ReadStream<Buffer> fetch(long amount) {
      return resume();
    }
  }
}
