package io.warmgate.server;

import io.vertx.core.Future;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;

/** Has answers in the cache before clients ask for them. */
@FunctionalInterface
public interface Warming {

  /**
   * Called on an event loop; the work is spread over all of them.
   *
   * @return fails with a {@code RefusedException} where the order is not for what is served, and
   *     with a {@link BusyException} where enough is under way
   */
  Future<WarmReport> warm(WarmOrder order);

  /** So much is being warmed that more would be at the clients' cost. */
  final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusyException(String message) {
      super(message, null, false, false);
    }
  }
}
