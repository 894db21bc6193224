package io.warmgate.operator.status;

import io.warmgate.operator.snapshot.PodSeen;
import java.util.List;

/**
 * Who a purge is for.
 *
 * @param answering the gateway's answering pods
 * @param sharedCache whether they have a shared cache, and with it a log
 */
public record PurgeAudience(List<PodSeen> answering, boolean sharedCache) {
  public PurgeAudience {
    answering = List.copyOf(answering);
  }
}
