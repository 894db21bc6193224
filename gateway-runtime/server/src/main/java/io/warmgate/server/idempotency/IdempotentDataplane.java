package io.warmgate.server.idempotency;

import io.vertx.core.Future;
import io.warmgate.config.GatewayConfig;
import io.warmgate.server.Dataplane;
import io.warmgate.server.Values;
import java.time.Duration;

/** A data plane whose idempotency keys are where the newest configuration taken says. */
public record IdempotentDataplane(Dataplane dataplane, Idempotency idempotency)
    implements Dataplane {

  @Override
  public Future<Void> take(GatewayConfig config, Values values) {
    return dataplane.take(config, values).onSuccess(_ -> idempotency.use(config, values));
  }

  @Override
  public void drain() {
    dataplane.drain();
  }

  @Override
  public Future<Void> close(Duration patience) {
    return dataplane.close(patience).onComplete(_ -> idempotency.close());
  }
}
