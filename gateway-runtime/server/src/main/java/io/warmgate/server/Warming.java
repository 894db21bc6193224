package io.warmgate.server;

import io.vertx.core.Future;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import org.jspecify.annotations.Nullable;

/** Has answers in the cache before clients ask for them. Called on event loops. */
public interface Warming {

  /**
   * Makes requests; the work is spread over all event loops.
   *
   * @return fails with a {@code RefusedException} where the order is not for what is served, and
   *     with a {@link BusyException} where enough is under way
   */
  Future<WarmReport> warm(WarmOrder order);

  /**
   * Asks a backend, and gives the body of its answer; no cache is asked.
   *
   * @return fails with a {@code RefusedException} where the order is not for what is served
   */
  Future<ReadReport> read(ReadOrder order);

  /**
   * What the pod was asked most for.
   *
   * @param route id of the route
   * @param top at most so many
   */
  Future<HotRequests> hot(String route, int top);

  /** What keeps a starting pod from being as warm as it can, as a sentence; null: nothing does. */
  @Nullable String pending();

  /** So much is being warmed that more would be at the clients' cost. */
  final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusyException(String message) {
      super(message, null, false, false);
    }
  }
}
