package io.warmgate.server.listener;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.warmgate.config.ClientLimits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A port over TLS, of HTTP/1.1, for pods of the gateway: on every event loop, with a {@link Door}
 * whose limits are the clients'. The head may be as large as any configuration lets a client's be;
 * how large this one's may be, and how long a connection may be idle, was looked to where it came.
 */
public final class PodPort {
  /** Of {@link ClientLimits#maxHeaderBytes()} the most, and room for what pods add. */
  private static final int MAX_HEAD = (1 << 20) + (16 << 10);

  /** Until the first configuration. */
  private static final ClientLimits FIRST = new ClientLimits(1 << 16, 0, 10_000, 60_000, 10_000);

  private final Vertx vertx;
  private final Doors doors;
  private final DataplaneSettings settings;
  private final Door door = new Door(FIRST);
  private @Nullable Port port;
  private int number;

  PodPort(Vertx vertx, Doors doors, DataplaneSettings settings) {
    this.vertx = vertx;
    this.doors = doors;
    this.settings = settings;
  }

  /**
   * @param bindPort not 0
   * @param handler of every request whose head was read
   * @return fails where it cannot be bound, and may then be opened again
   */
  public synchronized Future<Void> open(
      int bindPort, PemKeyCertOptions certificate, Handler<HttpServerRequest> handler) {
    Port opened = new Port(vertx, request -> arrived(request, handler));
    port = opened;
    number = bindPort;
    doors.open(bindPort, door);
    return opened
        .open(options(bindPort, certificate), settings.eventLoops())
        .onFailure(_ -> failed(bindPort));
  }

  private synchronized void failed(int bindPort) {
    port = null;
    doors.close(bindPort);
  }

  void limits(ClientLimits limits) {
    door.limits(limits);
  }

  /** New connections get the new certificate; those that are open go on. */
  public synchronized Future<Void> certificate(PemKeyCertOptions certificate) {
    return port == null
        ? Future.succeededFuture()
        : port.certificate(new ServerSSLOptions().setKeyCertOptions(certificate));
  }

  /** Accepts no more; completes when what was under way has ended, or after {@code patience}. */
  public synchronized Future<Void> close(Duration patience) {
    Port opened = port;
    if (opened == null) {
      return Future.succeededFuture();
    }
    port = null;
    doors.close(number);
    door.shut();
    return opened.close(patience);
  }

  private static void arrived(HttpServerRequest request, Handler<HttpServerRequest> handler) {
    if (request.connection() instanceof ConnectionBase connection) {
      HeadDeadline.arrived(connection.channel());
      ListeningDataplane.watchEnd(request, connection.channel());
    }
    handler.handle(request);
  }

  private HttpServerOptions options(int bindPort, PemKeyCertOptions certificate) {
    return new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(false)
        .setKeyCertOptions(certificate)
        .setPort(bindPort)
        .setHost(
            settings.bindAddress() == null ? "0.0.0.0" : settings.bindAddress().getHostAddress())
        .setMaxInitialLineLength(MAX_HEAD)
        .setMaxHeaderSize(MAX_HEAD)
        .setIdleTimeout(1)
        .setIdleTimeoutUnit(TimeUnit.DAYS)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setHandle100ContinueAutomatically(false)
        .setAcceptBacklog(4_096);
  }
}
