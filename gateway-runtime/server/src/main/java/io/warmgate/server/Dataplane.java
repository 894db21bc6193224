package io.warmgate.server;

import io.vertx.core.Future;
import io.warmgate.config.GatewayConfig;
import java.time.Duration;

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

  /**
   * From now on every answer tells its client that the connection ends with it (RFC 9112 §9.6);
   * everything is still taken and answered.
   */
  void drain();

  /**
   * Takes nothing more.
   *
   * @return completes when what was under way has ended, or after {@code patience}
   */
  Future<Void> close(Duration patience);
}
