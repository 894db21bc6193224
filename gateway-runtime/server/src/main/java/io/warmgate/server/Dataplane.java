package io.warmgate.server;

import io.vertx.core.Future;
import io.warmgate.config.GatewayConfig;

/** What serves requests: takes a configuration whole, or stays as it is. */
public interface Dataplane {

  /**
   * Compiles the configuration, opens the listeners it adds, swaps the route table, and closes the
   * listeners it no longer has after their requests ended. One at a time.
   *
   * @param values every value the configuration names
   * @return completes when requests are answered by this configuration; fails with a {@code
   *     ConfigException} where it is refused, and then nothing has changed
   */
  Future<Void> take(GatewayConfig config, Values values);
}
