package io.warmgate.server.upstream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.warmgate.server.exchange.HeaderCopy;
import io.warmgate.server.exchange.OriginRequest;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One try of a fetch, at one endpoint, up to the answer's head. */
final class Attempt {
  private final UpstreamCall call;
  private final Endpoint endpoint;
  private final long timeoutMillis;
  private @Nullable HttpClientRequest sent;
  private long timer = -1;
  private boolean over;
  private boolean released;

  Attempt(UpstreamCall call, Endpoint endpoint, long timeoutMillis) {
    this.call = call;
    this.endpoint = endpoint;
    this.timeoutMillis = timeoutMillis;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  void start() {
    endpoint.begin();
    if (timeoutMillis > 0) {
      timer = call.upstream().vertx().setTimer(timeoutMillis, _ -> timedOut());
    }
    OriginRequest request = call.request();
    call.upstream()
        .client()
        .request(Upstream.options(call.pool(), endpoint, request))
        .onComplete(this::send, this::connectFailed);
  }

  private void connectFailed(Throwable cause) {
    if (!over) {
      end();
      call.connectFailed(endpoint, cause);
    }
  }

  private void send(HttpClientRequest connected) {
    if (over) {
      connected.reset();
      return;
    }
    sent = connected;
    call.sending();
    OriginRequest request = call.request();
    HeaderCopy.add(connected.headers(), request.headers());
    connected.headers().set(HttpHeaderNames.HOST, request.target().authority());
    connected.earlyHintsHandler(hints -> call.exchange().reply().earlyHints(hints));
    connected.exceptionHandler(this::lost);
    connected.response().onComplete(this::answered, this::lost);
    ReadStream<Buffer> body = request.body();
    if (body == null) {
      connected.end();
    } else {
      sendBody(connected, body);
    }
  }

  private void sendBody(HttpClientRequest connected, ReadStream<Buffer> body) {
    connected.setChunked(!connected.headers().contains("content-length"));
    if (!expectsContent()) {
      connected.headers().set("connection", "close");
    }
    HttpServerRequest client = call.exchange().request();
    String expect = client.getHeader("expect");
    if (expect != null && expect.equalsIgnoreCase("100-continue")) {
      client.response().writeContinue();
    }
    body.exceptionHandler(_ -> call.abort());
    body.handler(
        chunk -> {
          connected.write(chunk);
          if (connected.writeQueueFull()) {
            body.pause();
            connected.drainHandler(_ -> body.resume());
          }
        });
    body.endHandler(_ -> connected.end());
    body.resume();
  }

  /**
   * RFC 9110 §9.3.1: content of a GET "might lead some implementations to reject the request and
   * close the connection because of its potential as a request smuggling attack"; others leave it
   * unread, and nothing may follow it on the connection.
   */
  private boolean expectsContent() {
    return switch (call.request().method().name()) {
      case "POST", "PUT", "PATCH" -> true;
      default -> false;
    };
  }

  private void answered(HttpClientResponse response) {
    response.pause();
    if (over) {
      return;
    }
    over = true;
    HttpClientRequest request = sent;
    if (request != null) {
      call.answered(endpoint, request, response);
    }
  }

  private void lost(Throwable cause) {
    if (!over) {
      end();
      call.lost(endpoint, sent, cause);
    }
  }

  private void timedOut() {
    timer = -1;
    boolean before = over;
    abort();
    if (!before) {
      call.tryTimedOut(endpoint);
    }
  }

  private void end() {
    over = true;
    release();
  }

  /** Frees the connection, whatever is under way on it. */
  void abort() {
    end();
    HttpClientRequest request = sent;
    if (request != null) {
      request.reset(0x8, new TimeoutException("given up"));
    }
  }

  /** The endpoint has one request less. Idempotent. */
  void release() {
    if (!released) {
      released = true;
      endpoint.end();
      if (timer >= 0) {
        call.upstream().vertx().cancelTimer(timer);
      }
    }
  }
}
