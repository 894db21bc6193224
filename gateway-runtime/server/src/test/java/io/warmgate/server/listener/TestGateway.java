package io.warmgate.server.listener;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.config.ConfigException;
import io.warmgate.config.GatewayConfig;
import io.warmgate.server.FreePort;
import io.warmgate.server.Values;
import io.warmgate.server.exchange.CacheStep;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.upstream.EndpointDirectory;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A whole data plane on loopback ports. */
final class TestGateway implements AutoCloseable {
  static final Values NO_VALUES =
      reference -> {
        throw new ConfigException(reference.name(), "is not here");
      };

  final int port = FreePort.onLoopback();
  final AtomicBoolean operatorLives = new AtomicBoolean(true);

  /** Whether what the operator said of endpoints is trusted. */
  volatile BooleanSupplier trust = operatorLives::get;

  final List<Exchange> ended = new CopyOnWriteArrayList<>();
  final Vertx vertx;
  final EndpointDirectory endpoints;
  final ListeningDataplane dataplane;

  TestGateway() {
    this(true);
  }

  TestGateway(boolean allowLoopback) {
    Doors doors = new Doors();
    vertx = GatewayVertx.create(doors, 2, null);
    endpoints = new EndpointDirectory(vertx, () -> trust.getAsBoolean());
    dataplane =
        new ListeningDataplane(
            vertx,
            doors,
            new DataplaneSettings(InetAddress.ofLiteral("127.0.0.1"), allowLoopback, 2, 9443),
            endpoints,
            new Steps(CacheStep.PASS, ended::add));
  }

  TestGateway take(GatewayConfig config) {
    return take(config, NO_VALUES);
  }

  TestGateway take(GatewayConfig config, Values values) {
    await(dataplane.take(config, values));
    return this;
  }

  /** Serves everything from one origin; the port. */
  int port(RawOrigin origin) {
    take(Configs.on(port).backend(origin.port()).route("/", origin.port()).build());
    return port;
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(dataplane.close(Duration.ofMillis(1)));
    await(vertx.close());
  }
}
