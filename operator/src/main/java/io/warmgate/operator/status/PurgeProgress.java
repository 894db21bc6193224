package io.warmgate.operator.status;

import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeReceipt;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a purge beyond its status: kept in memory, and learned again after a restart by
 * doing the same again.
 *
 * @param appending what became of appending it to the log
 * @param acknowledged uids of pods that answered the push, or name it in {@code PodState.applied}
 * @param counts of a dry run, by the uid of the pod that said it
 */
public record PurgeProgress(
    Appending appending, Set<String> acknowledged, Map<String, PurgeCount> counts) {
  public PurgeProgress {
    acknowledged = Set.copyOf(acknowledged);
    counts = Map.copyOf(counts);
  }

  /** Before anything was done. */
  public static PurgeProgress none() {
    return new PurgeProgress(new Appending.NotTried(), Set.of(), Map.of());
  }

  /** What became of appending. */
  public sealed interface Appending {
    record NotTried() implements Appending {}

    record Appended(PurgeReceipt receipt) implements Appending {}

    /** No answering pod could. */
    record Unavailable() implements Appending {}
  }
}
