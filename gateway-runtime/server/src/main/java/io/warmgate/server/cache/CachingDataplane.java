package io.warmgate.server.cache;

import io.vertx.core.Future;
import io.warmgate.config.GatewayConfig;
import io.warmgate.server.Dataplane;
import io.warmgate.server.Values;
import java.time.Duration;

/** A data plane whose cache follows the configuration: kept where the newest one taken says. */
public record CachingDataplane(Dataplane dataplane, HttpCache cache) implements Dataplane {

  @Override
  public Future<Void> take(GatewayConfig config, Values values) {
    return dataplane.take(config, values).onSuccess(_ -> cache.use(config.cache(), values));
  }

  @Override
  public void drain() {
    dataplane.drain();
  }

  @Override
  public Future<Void> close(Duration patience) {
    return dataplane.close(patience).onComplete(_ -> cache.close());
  }
}
