package io.warmgate.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.warmgate.config.ConfigException;
import io.warmgate.config.GatewayConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A data plane that keeps what it took, refuses a port it was told to, and can be held up. */
public final class RecordingDataplane implements Dataplane {
  public final List<GatewayConfig> taken = new CopyOnWriteArrayList<>();
  public volatile int refusedPort = -1;
  public volatile @Nullable Promise<Void> gate;
  public volatile int concurrent;
  public volatile int mostConcurrent;

  @Override
  public Future<Void> take(GatewayConfig config, Values values) {
    synchronized (this) {
      concurrent++;
      mostConcurrent = Math.max(mostConcurrent, concurrent);
    }
    Promise<Void> held = gate;
    return (held == null ? Future.<Void>succeededFuture() : held.future())
        .compose(_ -> swap(config));
  }

  private synchronized Future<Void> swap(GatewayConfig config) {
    concurrent--;
    if (config.listeners().get(0).bindPort() == refusedPort) {
      return Future.failedFuture(new ConfigException("listeners[http].bindPort", "is in use"));
    }
    taken.add(config);
    return Future.succeededFuture();
  }

  @Override
  public void drain() {}

  @Override
  public Future<Void> close(Duration patience) {
    return Future.succeededFuture();
  }
}
