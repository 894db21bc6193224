package io.warmgate.server.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's body, held to a length: more fails it. */
final class RequestBody implements ReadStream<Buffer> {
  private final HttpServerRequest request;
  private final long max;
  private long read;
  private boolean tooLarge;
  private @Nullable Handler<Throwable> exceptionHandler;

  private RequestBody(HttpServerRequest request, long max) {
    this.request = request;
    this.max = max;
  }

  /**
   * @param max in bytes; 0: no limit
   * @return null where the request has none
   * @throws ProblemException where it says that it is too large
   */
  static @Nullable RequestBody of(HttpServerRequest request, long max) {
    long length = length(request);
    if (max > 0 && length > max) {
      throw new ProblemException(Problem.BODY_TOO_LARGE);
    }
    return length == 0 ? null : new RequestBody(request, max == 0 ? Long.MAX_VALUE : max);
  }

  /**
   * Whether the content's end is beyond doubt (RFC 9112 §6.1): chunked is the one transfer coding
   * that is known here, and is said once. Whoever ignores another one ends the request elsewhere.
   */
  static boolean isFramed(HttpServerRequest request) {
    if (!request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      return true;
    }
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
  }

  /** In bytes; -1: not known before its end, or said in a way that nobody understands. */
  static long length(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
    if (length != null) {
      try {
        return Long.parseLong(length);
      } catch (NumberFormatException _) {
        return -1;
      }
    }
    if (request.version() != HttpVersion.HTTP_2) {
      return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) ? -1 : 0;
    }
    return OpenStream.is(request) ? -1 : 0;
  }

  boolean tooLarge() {
    return tooLarge;
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
    request.handler(handler == null ? null : chunk -> count(chunk, handler));
    return this;
  }

  private void count(Buffer chunk, Handler<Buffer> handler) {
    read += chunk.length();
    if (read <= max) {
      handler.handle(chunk);
    } else if (!tooLarge) {
      tooLarge = true;
      if (exceptionHandler != null) {
        exceptionHandler.handle(new ProblemException(Problem.BODY_TOO_LARGE));
      }
    }
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    request.endHandler(
        handler == null
            ? null
            : _ -> {
              if (!tooLarge) {
                handler.handle(null);
              }
            });
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    exceptionHandler = handler;
    request.exceptionHandler(handler);
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    request.pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    request.resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    request.fetch(amount);
    return this;
  }
}
