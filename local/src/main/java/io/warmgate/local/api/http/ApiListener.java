package io.warmgate.local.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.PemKeyCertOptions;
import io.warmgate.local.api.PodLogs;
import io.warmgate.local.api.ServiceAddresses;
import io.warmgate.local.api.object.ApiException;
import io.warmgate.local.api.object.Json;
import io.warmgate.local.api.service.Cluster;
import io.warmgate.local.api.store.Journal;
import io.warmgate.local.api.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server on its one event loop: reads requests, asks for the token, leads each to its endpoint.
 */
public final class ApiListener extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ApiListener.class);
  private static final String HOST = "127.0.0.1";
  private static final int LONGEST_BODY = 3 << 20;
  private static final int KEPT_CHANGES = 10_000;

  private final Settings settings;
  private @Nullable Cluster cluster;
  private @Nullable ObjectsEndpoint objects;
  private @Nullable ServerDocuments documents;
  private @Nullable HttpServer server;

  /**
   * @param port 0 for any that is free
   */
  public record Settings(
      int port,
      Credentials credentials,
      Journal journal,
      PodLogs logs,
      ServiceAddresses addresses) {}

  public ApiListener(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Future<?> start() {
    Cluster started =
        new Cluster(
            new ObjectStore(KEPT_CHANGES, settings.journal()),
            settings.addresses(),
            task -> context.runOnContext(_ -> task.run()));
    cluster = started;
    objects =
        new ObjectsEndpoint(vertx, started, new LogEndpoint(started, settings.logs(), context));
    HttpServer created =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(HOST)
                    .setPort(settings.port())
                    .setSsl(true)
                    .setUseAlpn(false)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(settings.credentials().certificate()))
                            .addKeyValue(Buffer.buffer(settings.credentials().key())))
                    .setMaxHeaderSize(64 << 10)
                    .setMaxInitialLineLength(64 << 10))
            .requestHandler(this::receive)
            .webSocketHandshakeHandler(this::shake)
            .webSocketHandler(this::watch);
    server = created;
    return created
        .listen()
        .onSuccess(
            s -> documents = new ServerDocuments(started.registry(), HOST + ":" + s.actualPort()));
  }

  /** The port that it listens on. */
  public int port() {
    HttpServer running = server;
    return running == null ? 0 : running.actualPort();
  }

  private boolean admits(@Nullable String authorization, Route route) {
    if (route instanceof Route.Health || route instanceof Route.Version) {
      return true;
    }
    byte[] expected = ("Bearer " + settings.credentials().token()).getBytes(StandardCharsets.UTF_8);
    return authorization != null
        && MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8));
  }

  private void receive(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    request.handler(chunk -> append(request, body, chunk));
    request.endHandler(_ -> answer(request, body));
    request.exceptionHandler(e -> LOG.debug("request broken off", e));
  }

  private static void append(HttpServerRequest request, Buffer body, Buffer chunk) {
    if (body.length() + chunk.length() <= LONGEST_BODY) {
      body.appendBuffer(chunk);
    } else if (!request.response().ended()) {
      request.response().setStatusCode(413).putHeader("Connection", "close").end();
    }
  }

  private void answer(HttpServerRequest request, Buffer body) {
    if (request.response().ended()) {
      return;
    }
    try {
      dispatch(new Exchange(read(request, body), request.response()), request);
    } catch (ApiException refusal) {
      refuse(request, refusal);
    } catch (RuntimeException bug) {
      LOG.error("{} {} failed", request.method(), request.uri(), bug);
      refuse(request, ApiException.internal("internal error: " + bug));
    }
  }

  private static void refuse(HttpServerRequest request, ApiException refusal) {
    if (refusal.code() == 404 && !refusal.status().has("details")) {
      // As the API server answers paths that it does not know.
      request.response().setStatusCode(404).end("404 page not found\n");
      return;
    }
    request
        .response()
        .setStatusCode(refusal.code())
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(Json.bytes(refusal.status())));
  }

  private static ApiRequest read(HttpServerRequest request, Buffer body) {
    return new ApiRequest(
        request.method().name(),
        Parameters.parse(request.query()),
        new ApiRequest.Headers(
            header(request, "Accept"),
            header(request, "Content-Type"),
            header(request, "User-Agent")),
        body);
  }

  private static String header(HttpServerRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  private Cluster cluster() {
    Cluster running = cluster;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running;
  }

  private void dispatch(Exchange exchange, HttpServerRequest request) {
    Route route = Route.of(request.path(), cluster().registry());
    if (!admits(request.getHeader("Authorization"), route)) {
      throw ApiException.unauthorized();
    }
    ServerDocuments about = documents;
    ObjectsEndpoint endpoint = objects;
    if (about == null || endpoint == null) {
      throw new IllegalStateException("not started");
    }
    switch (route) {
      case Route.Health _ -> about.health(exchange);
      case Route.Version _ -> about.version(exchange);
      case Route.CoreVersions _ -> about.coreVersions(exchange);
      case Route.Groups _ -> about.groups(exchange);
      case Route.Group(String group) -> about.group(exchange, group);
      case Route.Resources(String group, String version) ->
          about.resources(exchange, group, version);
      case Route.OpenApiIndex _ -> about.openApiIndex(exchange);
      case Route.OpenApiDocument(String group, String version) ->
          about.openApi(exchange, group, version);
      case Route.Objects(var target) -> endpoint.handle(exchange, target);
    }
  }

  /** WebSockets are for watches alone; whoever may not watch gets no socket. */
  private void shake(ServerWebSocketHandshake handshake) {
    try {
      Route route = Route.of(handshake.path(), cluster().registry());
      boolean admitted = admits(handshake.headers().get("Authorization"), route);
      boolean watch =
          route instanceof Route.Objects && Parameters.parse(handshake.query()).flag("watch");
      if (!admitted) {
        handshake.reject(401);
      } else if (!watch) {
        handshake.reject(400);
      } else {
        handshake.accept();
      }
    } catch (ApiException refusal) {
      handshake.reject(refusal.code());
    }
  }

  private void watch(ServerWebSocket socket) {
    Parameters parameters = Parameters.parse(socket.query());
    if (Route.of(socket.path(), cluster().registry()) instanceof Route.Objects(var target)) {
      WatchStream stream =
          new WatchStream(
              vertx,
              cluster().store(),
              Selection.of(target, parameters),
              Representation.of("application/json", parameters),
              new SocketSink(socket));
      socket.closeHandler(_ -> stream.stop());
      stream.start(parameters);
    }
  }

  /** Events as text messages. */
  private record SocketSink(ServerWebSocket socket) implements WatchStream.Sink {
    @Override
    public void send(JsonNode event) {
      socket.writeTextMessage(Json.compact(event));
    }

    @Override
    public boolean congested() {
      return false;
    }

    @Override
    public void end() {
      socket.close();
    }
  }
}
