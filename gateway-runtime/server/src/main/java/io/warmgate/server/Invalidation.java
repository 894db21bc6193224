package io.warmgate.server;

import io.vertx.core.Future;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Purges, as the admin API sees them. */
public interface Invalidation {

  /**
   * Hides what the order names from every lookup that begins after this returns. Idempotent by id.
   */
  void apply(PurgeOrder order);

  /**
   * Appends the order to the gateway's log, and applies it here.
   *
   * @return fails where the log cannot be written now
   */
  Future<PurgeReceipt> append(PurgeOrder order);

  /** The log as seen from here; null where there is no shared cache. */
  PodState.@Nullable LogState logState();

  /** Ids of the newest purges that lookups here obey, newest last. */
  List<String> applied();

  /**
   * Whether requests may be served: the log was read to its end, or it is away, or there is none.
   */
  boolean caughtUp();
}
