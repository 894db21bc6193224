package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sent every second to every pod: the operator lives, and a pod that serves {@code revision} may be
 * ready.
 *
 * @param revision number of the current revision
 * @param endpointsVersion of the newest endpoint sets
 * @param unlogged purges that could not be appended to the log yet: a pod applies those it has not
 *     applied, and appends them before it trusts the shared cache again
 * @param pods how many pods of the gateway answer, by which each takes its share of a limit where
 *     the shared count cannot be had; null, and then not written: the gateway has no limits
 */
public record Heartbeat(
    long revision,
    long endpointsVersion,
    List<PurgeOrder> unlogged,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer pods) {
  public Heartbeat {
    unlogged = List.copyOf(unlogged);
  }

  /** Of a gateway without limits. */
  public Heartbeat(long revision, long endpointsVersion, List<PurgeOrder> unlogged) {
    this(revision, endpointsVersion, unlogged, null);
  }
}
