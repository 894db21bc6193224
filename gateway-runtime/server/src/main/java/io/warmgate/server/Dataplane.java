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
   * Ends without losing a request. From now on every answer tells its client that the connection
   * ends with it (RFC 9112 §9.6; GOAWAY, RFC 9113 §6.8). New connections are taken for {@code
   * delay} more, for clients that do not know yet; then what is under way ends, for at most {@code
   * grace}.
   *
   * @return completes when nothing is under way, or the grace is over
   */
  Future<Void> drain(Duration delay, Duration grace);
}
