package io.warmgate.server;

import io.vertx.core.Future;
import io.warmgate.config.Access;
import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PodState;
import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders, as the admin API sees them. */
public interface Invalidation {

  /**
   * Hides what the order names from every lookup, or request, that begins after this returns.
   * Idempotent by id.
   */
  void apply(Order order);

  /** Requests are answered by this revision from now on: what was revoked below it is over. */
  void serves(long number, Access access);

  /**
   * Appends the order to the gateway's log, and applies it here.
   *
   * @return fails where the log cannot be written now
   */
  Future<PurgeReceipt> append(Order order);

  /**
   * How many entries in this pod's memory the selection names; nothing is purged. It takes as long
   * as looking at each entry does, and runs beside the event loops, one after the other.
   */
  Future<PurgeCount> count(PurgeRequest selection);

  /** The log as seen from here; null where there is no shared cache. */
  PodState.@Nullable LogState logState();

  /** Ids of the newest orders that requests here obey, newest last. */
  List<String> applied();

  /**
   * Whether requests may be served: the log was read to its end, or it is away, or there is none.
   */
  boolean caughtUp();
}
