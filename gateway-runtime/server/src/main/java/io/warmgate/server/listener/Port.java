package io.warmgate.server.listener;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An open port: one server on every event loop, sharing the port. */
final class Port {
  private final Vertx vertx;
  private final HttpServerOptions options;
  private final Handler<HttpServerRequest> handler;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

  Port(Vertx vertx, HttpServerOptions options, Handler<HttpServerRequest> handler) {
    this.vertx = vertx;
    this.options = options;
    this.handler = handler;
  }

  /**
   * @param eventLoops how many servers share the port
   */
  Future<Void> open(int eventLoops) {
    return vertx
        .deployVerticle(Loop::new, new DeploymentOptions().setInstances(eventLoops))
        .mapEmpty();
  }

  /** New connections get the new certificate; those that are open go on. */
  Future<Void> certificate(ServerSSLOptions tls) {
    return Future.all(servers.stream().map(server -> server.updateSSLOptions(tls)).toList())
        .mapEmpty();
  }

  /** Accepts no more, lets what is under way end, and closes. */
  Future<Void> close(Duration patience) {
    return Future.join(servers.stream().map(server -> server.shutdown(patience)).toList())
        .mapEmpty();
  }

  private final class Loop extends VerticleBase {
    private @Nullable HttpServer server;

    @Override
    public Future<?> start() {
      HttpServer opened =
          vertx
              .createHttpServer(options)
              .requestHandler(handler)
              .invalidRequestHandler(InvalidRequests::refuse)
              .connectionHandler(Port::connected);
      server = opened;
      return opened.listen().onSuccess(servers::add);
    }

    @Override
    public Future<?> stop() {
      return server == null ? Future.succeededFuture() : server.close();
    }
  }

  private static void connected(HttpConnection connection) {
    connection.exceptionHandler(_ -> {});
  }
}
