package io.warmgate.server.listener;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An open port: one server on every event loop, sharing the port. Vert.x binds its socket once and
 * gives each connection to a server that is there at that moment, so that servers can be replaced
 * while the socket stays.
 */
final class Port {
  private final Vertx vertx;
  private final Handler<HttpServerRequest> handler;
  private final List<Loop> loops = new CopyOnWriteArrayList<>();
  private @Nullable String deployment;

  Port(Vertx vertx, Handler<HttpServerRequest> handler) {
    this.vertx = vertx;
    this.handler = handler;
  }

  /**
   * @param eventLoops how many servers share the port
   */
  Future<Void> open(HttpServerOptions options, int eventLoops) {
    return vertx
        .deployVerticle(() -> new Loop(options), new DeploymentOptions().setInstances(eventLoops))
        .onSuccess(id -> deployment = id)
        .mapEmpty();
  }

  /**
   * From now on connections are made under these options, on the same socket.
   *
   * @param patience for connections that were made under the old ones
   */
  Future<Void> renew(HttpServerOptions options, Duration patience) {
    return Future.all(loops.stream().map(loop -> loop.renew(options, patience)).toList())
        .mapEmpty();
  }

  /** New connections get the new certificate; those that are open go on. */
  Future<Void> certificate(ServerSSLOptions tls) {
    return Future.all(loops.stream().map(loop -> loop.server().updateSSLOptions(tls)).toList())
        .mapEmpty();
  }

  /** Accepts no more, lets what is under way end, and closes. */
  Future<Void> close(Duration patience) {
    return Future.join(loops.stream().map(loop -> loop.close(patience)).toList())
        .eventually(
            () -> deployment == null ? Future.succeededFuture() : vertx.undeploy(deployment))
        .mapEmpty();
  }

  private final class Loop extends VerticleBase {
    private final HttpServerOptions first;
    private volatile @Nullable HttpServer server;
    private volatile Future<Void> replaced = Future.succeededFuture();

    Loop(HttpServerOptions first) {
      this.first = first;
    }

    HttpServer server() {
      return Objects.requireNonNull(server, "started");
    }

    @Override
    public Future<?> start() {
      return open(first).onSuccess(_ -> loops.add(this));
    }

    private Future<HttpServer> open(HttpServerOptions options) {
      return vertx
          .createHttpServer(options)
          .requestHandler(handler)
          .invalidRequestHandler(InvalidRequests::refuse)
          .connectionHandler(Port::connected)
          .listen()
          .onSuccess(opened -> server = opened);
    }

    /** The new one listens before the old one ceases: this event loop is never without. */
    Future<Void> renew(HttpServerOptions options, Duration patience) {
      HttpServer old = server();
      Promise<Void> renewed = Promise.promise();
      context.runOnContext(
          _ ->
              open(options)
                  .<Void>mapEmpty()
                  .onSuccess(
                      _ -> replaced = Future.join(replaced, old.shutdown(patience)).mapEmpty())
                  .onComplete(renewed));
      return renewed.future();
    }

    Future<Void> close(Duration patience) {
      return Future.join(replaced, server().shutdown(patience)).mapEmpty();
    }
  }

  private static void connected(HttpConnection connection) {
    connection.exceptionHandler(_ -> {});
    if (connection instanceof ConnectionBase base) {
      WholeAnswers.install(base.channel());
    }
  }
}
