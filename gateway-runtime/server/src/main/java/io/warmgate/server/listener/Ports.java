package io.warmgate.server.listener;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.ClientLimits;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The open ports of a pod. Changed by one caller at a time. */
final class Ports {
  /** How long requests of a port that goes may take to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Doors doors;
  private final DataplaneSettings settings;
  private final IntFunction<Handler<HttpServerRequest>> handlers;
  private final Map<Integer, Opened> open = new HashMap<>();

  /** What is decided when a connection is made. */
  private record Shape(
      Listener.Protocol protocol, int maxHeaderBytes, long idleTimeoutMillis, ClientAuth clients) {
    static Shape of(Listener listener, Blueprint next) {
      ClientLimits limits = next.config().limits();
      ServerTls tls = next.tls().get(listener.bindPort());
      return new Shape(
          listener.protocol(),
          limits.maxHeaderBytes(),
          limits.idleTimeoutMillis(),
          tls == null ? ClientAuth.NONE : tls.clients());
    }
  }

  private record Opened(Port port, Shape shape, Door door, @Nullable ServerTls tls) {}

  /**
   * @param handlers what answers at a bound port
   */
  Ports(
      Vertx vertx,
      Doors doors,
      DataplaneSettings settings,
      IntFunction<Handler<HttpServerRequest>> handlers) {
    this.vertx = vertx;
    this.doors = doors;
    this.settings = settings;
    this.handlers = handlers;
  }

  /**
   * Opens the ports that are not open yet.
   *
   * @return fails with a {@link ConfigException} where one cannot be bound; then none was opened
   */
  Future<Void> openNew(Blueprint next) {
    List<Integer> opened = new ArrayList<>();
    Future<Void> all = Future.succeededFuture();
    for (Listener listener : next.config().listeners()) {
      if (!open.containsKey(listener.bindPort())) {
        all =
            all.compose(_ -> open(listener, next)).onSuccess(_ -> opened.add(listener.bindPort()));
      }
    }
    return all.onFailure(_ -> opened.forEach(this::close));
  }

  /** Brings the ports that are open to the configuration, and closes those it does not have. */
  Future<Void> settle(Blueprint next) {
    Set<Integer> wanted = next.fronts().keySet();
    List.copyOf(open.keySet()).stream().filter(port -> !wanted.contains(port)).forEach(this::close);
    Future<Void> all = Future.succeededFuture();
    for (Listener listener : next.config().listeners()) {
      Opened now = open.get(listener.bindPort());
      if (now == null) {
        continue;
      }
      now.door.limits(next.config().limits());
      all =
          now.shape.equals(Shape.of(listener, next))
              ? all.compose(_ -> tls(listener.bindPort(), now, next))
              : all.compose(_ -> renew(listener, next));
    }
    return all;
  }

  /** Closes all, once what is under way has ended. */
  Future<Void> closeAll(Duration patience) {
    List<Future<Void>> closing =
        open.entrySet().stream().map(e -> close(e.getKey(), e.getValue(), patience)).toList();
    open.clear();
    return Future.join(closing).mapEmpty();
  }

  private void close(int bindPort) {
    Opened gone = open.remove(bindPort);
    if (gone != null) {
      close(bindPort, gone, PATIENCE);
    }
  }

  private Future<Void> close(int bindPort, Opened gone, Duration patience) {
    doors.close(bindPort);
    gone.door.shut();
    return gone.port.close(patience);
  }

  private Future<Void> open(Listener listener, Blueprint next) {
    int bindPort = listener.bindPort();
    ClientLimits limits = next.config().limits();
    Door door = new Door(limits);
    Port port = new Port(vertx, handlers.apply(bindPort));
    doors.open(bindPort, door);
    return port.open(options(listener, next), settings.eventLoops())
        .onSuccess(
            _ ->
                open.put(
                    bindPort,
                    new Opened(port, Shape.of(listener, next), door, next.tls().get(bindPort))))
        .recover(
            cause -> {
              doors.close(bindPort);
              return Future.failedFuture(
                  new ConfigException(
                      "listeners[" + listener.name() + "].bindPort",
                      bindPort + " cannot be bound: " + cause.getMessage()));
            });
  }

  /**
   * The socket stays bound, so that nobody is refused. Connections that are open are let go, at
   * once where they speak another protocol than the port does now.
   */
  private Future<Void> renew(Listener listener, Blueprint next) {
    int bindPort = listener.bindPort();
    Opened now = Objects.requireNonNull(open.get(bindPort), "open");
    ClientLimits limits = next.config().limits();
    Door door = now.door;
    if (listener.protocol() != now.shape.protocol()) {
      door.shut();
      door = new Door(limits);
      doors.open(bindPort, door);
    }
    ServerTls before = next.tls().containsKey(bindPort) ? now.tls : null;
    Opened then = new Opened(now.port, Shape.of(listener, next), door, before);
    open.put(bindPort, then);
    // Servers of one socket share their TLS, which a new one takes over from those before.
    return now.port
        .renew(options(listener, next), PATIENCE)
        .compose(_ -> tls(bindPort, then, next));
  }

  /** New connections are made under the new one; those that are open go on. */
  private Future<Void> tls(int bindPort, Opened now, Blueprint next) {
    ServerTls tls = next.tls().get(bindPort);
    if (tls == null || tls.equals(now.tls)) {
      return Future.succeededFuture();
    }
    open.put(bindPort, new Opened(now.port, now.shape, now.door, tls));
    return now.port.certificate(tls.options());
  }

  private HttpServerOptions options(Listener listener, Blueprint next) {
    ClientLimits limits = next.config().limits();
    ServerTls tls = next.tls().get(listener.bindPort());
    return new HttpServerOptions()
        .setSsl(tls != null)
        .setUseAlpn(tls != null)
        .setKeyCertOptions(tls == null ? null : tls.certificate())
        .setClientAuth(tls == null ? ClientAuth.NONE : tls.clients())
        .setTrustOptions(tls == null ? null : tls.trustOptions())
        .setPort(listener.bindPort())
        .setHost(
            settings.bindAddress() == null ? "0.0.0.0" : settings.bindAddress().getHostAddress())
        .setMaxInitialLineLength(Math.min(limits.maxHeaderBytes(), 16 << 10))
        .setMaxHeaderSize(limits.maxHeaderBytes())
        .setInitialSettings(
            new Http2Settings()
                .setMaxHeaderListSize(limits.maxHeaderBytes())
                .setMaxConcurrentStreams(256))
        .setIdleTimeout((int) Math.min(limits.idleTimeoutMillis(), Integer.MAX_VALUE))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setHttp2ClearTextEnabled(true)
        // WebSockets are tunnelled: what their ends agree on is theirs.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setHandle100ContinueAutomatically(false)
        .setAcceptBacklog(4_096);
  }
}
