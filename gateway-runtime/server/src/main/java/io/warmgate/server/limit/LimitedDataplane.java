package io.warmgate.server.limit;

import io.vertx.core.Future;
import io.warmgate.config.GatewayConfig;
import io.warmgate.server.Dataplane;
import io.warmgate.server.Values;
import java.time.Duration;

/** A data plane whose limits are counted where the newest configuration taken says. */
public record LimitedDataplane(Dataplane dataplane, Limits limits) implements Dataplane {

  @Override
  public Future<Void> take(GatewayConfig config, Values values) {
    return dataplane.take(config, values).onSuccess(_ -> limits.use(config, values));
  }

  @Override
  public void drain() {
    dataplane.drain();
  }

  @Override
  public Future<Void> close(Duration patience) {
    return dataplane.close(patience).onComplete(_ -> limits.close());
  }
}
