package io.warmgate.config.admin;

import java.util.List;

/**
 * Sent every second to every pod: the operator lives, and a pod that serves {@code revision} may be
 * ready.
 *
 * @param revision number of the current revision
 * @param endpointsVersion of the newest endpoint sets
 * @param unlogged purges that could not be appended to the log yet: a pod applies those it has not
 *     applied, and appends them before it trusts the shared cache again
 */
public record Heartbeat(long revision, long endpointsVersion, List<PurgeOrder> unlogged) {
  public Heartbeat {
    unlogged = List.copyOf(unlogged);
  }
}
