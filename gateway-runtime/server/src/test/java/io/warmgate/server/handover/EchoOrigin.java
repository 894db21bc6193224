package io.warmgate.server.handover;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A backend whose answers say what it was asked, and with what it was asked. */
final class EchoOrigin implements AutoCloseable {
  final AtomicInteger asked = new AtomicInteger();
  final AtomicInteger waiting = new AtomicInteger();
  final AtomicInteger counting = new AtomicInteger();
  final AtomicInteger givenUp = new AtomicInteger();
  final AtomicLong sent = new AtomicLong();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  EchoOrigin() throws TimeoutException {
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setMaxHeaderSize(65_536))
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  private void answer(HttpServerRequest request) {
    asked.incrementAndGet();
    HttpServerResponse response = request.response();
    switch (request.path()) {
      case "/304" -> response.setStatusCode(304).putHeader("etag", "\"a\"").end();
      case "/204" -> response.setStatusCode(204).end();
      case "/503" -> response.setStatusCode(503).putHeader("x-why", "mine").end("of my own");
      case "/hints" ->
          response
              .writeEarlyHints(MultiMap.caseInsensitiveMultiMap().add("link", "</a>; rel=preload"))
              .onSuccess(_ -> response.end("hinted"));
      case "/trailers" -> {
        response.setChunked(true).putHeader("trailer", "x-sum");
        response.write("abc");
        response.putTrailer("x-sum", "7");
        response.end();
      }
      case "/private" ->
          response.putHeader(HandedHead.ANSWERED, "no").putHeader("x-gone", "1").end("mine");
      case "/break" -> {
        response.putHeader("content-length", "10");
        response.write("abc").onSuccess(_ -> request.connection().close());
      }
      case "/wait" -> {
        waiting.incrementAndGet();
        response.closeHandler(_ -> givenUp.incrementAndGet());
      }
      case "/large" -> large(request, Long.parseLong(request.getParam("bytes")));
      case "/count" -> {
        AtomicLong bytes = new AtomicLong();
        counting.incrementAndGet();
        request.handler(chunk -> bytes.addAndGet(chunk.length()));
        request.endHandler(_ -> response.end(bytes.toString()));
      }
      default -> request.body().onSuccess(body -> echo(request, body));
    }
  }

  private static void echo(HttpServerRequest request, Buffer body) {
    StringBuilder seen = new StringBuilder(request.method() + " " + request.uri() + "\n");
    Map<String, String> fields = new TreeMap<>();
    request
        .headers()
        .forEach(
            field ->
                fields.merge(
                    field.getKey().toLowerCase(Locale.ROOT),
                    field.getValue(),
                    (a, b) -> a + " | " + b));
    fields.forEach((name, value) -> seen.append(name).append(": ").append(value).append('\n'));
    request.response().end(seen + "\n" + body);
  }

  private void large(HttpServerRequest request, long bytes) {
    HttpServerResponse response = request.response();
    response.putHeader("content-length", Long.toString(bytes));
    long[] left = {bytes};
    Runnable[] write = new Runnable[1];
    write[0] =
        () -> {
          while (left[0] > 0 && !response.writeQueueFull()) {
            int part = (int) Math.min(left[0], 64 << 10);
            left[0] -= part;
            sent.addAndGet(part);
            response.write(Buffer.buffer(new byte[part]));
          }
          if (left[0] == 0) {
            left[0] = -1;
            response.end();
          } else if (left[0] > 0) {
            response.drainHandler(_ -> write[0].run());
          }
        };
    write[0].run();
  }

  @Override
  public void close() throws TimeoutException {
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
