package io.warmgate.server.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import io.warmgate.httpcache.rule.HttpDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the client. Response filters run when its head is written, on hits as on misses. To
 * HEAD, and with 204 and 304, no body is written, whoever ends it with one (RFC 9110 §6.4.1). What
 * length a 204 is given, Netty takes off (§8.6).
 */
public final class Reply {
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final boolean head;
  private final List<Consumer<Reply>> filters = new ArrayList<>(4);
  private @Nullable Supplier<AsciiString[]> last;
  private @Nullable Rewriting rewriting;
  private boolean begun;
  private boolean broken;
  private boolean closeAfter;

  Reply(HttpServerRequest request) {
    this.request = request;
    this.response = request.response();
    this.head = HttpMethod.HEAD.equals(request.method());
  }

  /** The connection is closed after this answer (RFC 9112 §9.6); HTTP/2 has no such thing. */
  public void closeAfter() {
    if (request.version() != HttpVersion.HTTP_2 && !closeAfter) {
      closeAfter = true;
      filter(reply -> reply.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE));
    }
  }

  boolean closesAfter() {
    return closeAfter;
  }

  /** Adds a response filter; they run in the order they were added. */
  public void filter(Consumer<Reply> filter) {
    filters.add(filter);
  }

  /**
   * Adds fields that no other answer has, after all response filters.
   *
   * @param fields asked once, when the head is written: names and values by turns
   */
  public void last(Supplier<AsciiString[]> fields) {
    last = fields;
  }

  /**
   * From now on answers are written as that makes of them.
   *
   * @param by null: as they are
   */
  public void rewrittenBy(@Nullable Rewriting by) {
    rewriting = by;
  }

  public int status() {
    return response.getStatusCode();
  }

  public Reply status(int status) {
    response.setStatusCode(status);
    return this;
  }

  /** Of the head, until it is written. */
  public MultiMap headers() {
    return response.headers();
  }

  /** Whether the head was written. */
  public boolean begun() {
    return begun;
  }

  /** Whether it was broken off before its end. */
  public boolean broken() {
    return broken;
  }

  /** Of the body, as far as written. */
  public long bytesWritten() {
    return response.bytesWritten();
  }

  /** Writes the whole answer. */
  public Future<Void> end(Buffer body) {
    return written(rewriting == null ? body : rewriting.whole(this, body));
  }

  private Future<Void> written(Buffer body) {
    begin();
    boolean bodiless = bodiless();
    if (!bodiless || head) {
      headers().set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()));
    }
    return bodiless ? response.end() : response.end(body);
  }

  /**
   * Writes the whole answer with a head that was made before.
   *
   * @param head with {@code Content-Length}
   */
  public Future<Void> end(MultiMap head, Buffer body) {
    headers().setAll(head);
    if (rewriting != null) {
      return end(body);
    }
    filter();
    boolean bodiless = bodiless();
    addLast(bodiless || last == null ? null : LastFields.sender(request));
    return bodiless ? response.end() : response.end(body);
  }

  /** Writes an answer without body. */
  public Future<Void> end() {
    if (rewriting != null && !bodiless()) {
      return end(Buffer.buffer());
    }
    begin();
    return response.end();
  }

  /**
   * Writes the origin's answer as it comes, with back-pressure and trailers. Gives the origin up
   * where the client goes away; breaks the client's connection where the origin does, so that a
   * truncated body never looks whole (RFC 9112 §8).
   */
  public Future<Void> stream(OriginResponse origin) {
    if (gone()) {
      origin.abort();
      return Future.failedFuture("the client went away");
    }
    return rewriting == null ? streamed(origin) : rewritten(origin, rewriting);
  }

  /** Also while an answer is being read that has to be known whole. */
  private Future<Void> rewritten(OriginResponse origin, Rewriting by) {
    Promise<Void> done = Promise.promise();
    Handler<Throwable> gone =
        _ -> {
          if (done.tryFail("the client went away")) {
            origin.abort();
          }
        };
    response.closeHandler(_ -> gone.handle(null));
    response.exceptionHandler(gone);
    by.coming(origin).compose(this::streamed).onComplete(done::tryComplete, done::tryFail);
    return done.future();
  }

  private Future<Void> streamed(OriginResponse origin) {
    status(origin.status());
    HeaderCopy.add(headers(), origin.headers());
    begin();
    return new Streaming(response, origin).run(bodiless());
  }

  /**
   * As {@link #stream(OriginResponse)}, and gives the call up where the client goes before that.
   */
  public Future<Void> stream(OriginCall call) {
    response.closeHandler(_ -> call.abort());
    response.exceptionHandler(_ -> call.abort());
    return call.head().compose(this::stream);
  }

  /**
   * Writes a head with status 101, and hands the connection over. Response filters do not run: what
   * the two ends agreed on is theirs.
   */
  public Future<NetSocket> upgraded() {
    begun = true;
    return request.toNetSocket();
  }

  /** Passes a 103 on (RFC 8297), unless the answer has begun or the client is of HTTP/1.0. */
  public void earlyHints(MultiMap hints) {
    if (!begun && !gone()) {
      response.writeEarlyHints(hints);
    }
  }

  /** Whether the client went away. */
  public boolean gone() {
    return response.closed();
  }

  /** Ends the connection (in HTTP/2 the stream) so that the client sees that it is not whole. */
  public void breakOff() {
    broken = true;
    response.reset();
  }

  private boolean bodiless() {
    int status = status();
    return head || status == 204 || status == 304;
  }

  private void begin() {
    filter();
    addLast(null);
  }

  /**
   * @param sender null: they go into the head's map
   */
  private void addLast(LastFields.@Nullable Sender sender) {
    if (last == null) {
      return;
    }
    LastFields fields = new LastFields(headers(), last.get());
    if (sender == null) {
      fields.add();
    } else {
      sender.next(fields);
    }
  }

  private void filter() {
    begun = true;
    for (Consumer<Reply> filter : filters) {
      filter.accept(this);
    }
    // RFC 9110 §6.6.1: "A recipient with a clock that receives a response message without a Date
    // header field MUST record the time it was received and append a corresponding Date header
    // field to the message's header section if it is cached or forwarded downstream."
    if (!headers().contains(HttpHeaderNames.DATE)) {
      headers().set(HttpHeaderNames.DATE, HttpDate.format(System.currentTimeMillis()));
    }
  }
}
