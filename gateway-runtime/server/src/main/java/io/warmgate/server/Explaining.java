package io.warmgate.server;

import io.vertx.core.Future;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation;

/** Says what would be done with a request, and does nothing. */
@FunctionalInterface
public interface Explaining {

  /**
   * Called on an event loop.
   *
   * @return fails with a {@code ConfigException} where the request cannot be explained, and with an
   *     {@code IllegalStateException} while nothing is served
   */
  Future<Explanation> explain(ExplainRequest asked);
}
