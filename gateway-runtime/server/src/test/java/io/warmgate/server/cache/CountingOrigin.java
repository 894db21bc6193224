package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An origin that numbers its answers, remembers what it was asked, and can be held. */
final class CountingOrigin implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  final AtomicInteger requests = new AtomicInteger();
  final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile Promise<Void> gate = open();
  volatile Consumer<HttpServerRequest> answer = request -> respond(request, "max-age=60");

  CountingOrigin() {
    server =
        Pod.await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      int number = requests.incrementAndGet();
                      asked.add(request.method() + " " + request.uri());
                      request.response().putHeader("x-number", Integer.toString(number));
                      gate.future().onComplete(_ -> answer.accept(request));
                    })
                .listen(0, "127.0.0.1"));
  }

  int port() {
    return server.actualPort();
  }

  /** Answers nothing until {@link #release}. */
  void hold() {
    gate = Promise.promise();
  }

  void release() {
    gate.tryComplete();
  }

  /** A body that names the request's number, under these directives. */
  void respond(HttpServerRequest request, String cacheControl) {
    request
        .response()
        .putHeader("cache-control", cacheControl)
        .end("answer " + request.response().headers().get("x-number"));
  }

  private static Promise<Void> open() {
    Promise<Void> opened = Promise.promise();
    opened.complete();
    return opened;
  }

  @Override
  public void close() {
    Pod.await(Future.join(server.close(), Future.succeededFuture()));
    Pod.await(vertx.close());
  }
}
