package io.warmgate.config.admin;

import io.warmgate.config.ConfigException;
import java.util.List;

/**
 * How many entries in a pod's memory a selection names, and enough to say how many pods' entries
 * are the same: the smallest of their keys' first 64 bits. Keys are digests, so their smallest are
 * a fair sample ("k minimum values", Bar-Yossef et al., RANDOM 2002).
 *
 * @param matched how many
 * @param smallest distinct, in the order of unsigned numbers; all of them where they are at most
 *     {@value #KEPT}, else the first {@value #KEPT}
 */
public record PurgeCount(Long matched, List<Long> smallest) {
  /** How many keys are sampled. */
  public static final int KEPT = 4_096;

  /** Nothing is named. */
  public static final PurgeCount NONE = new PurgeCount(0L, List.of());

  public PurgeCount {
    if (matched == null || matched < 0) {
      throw new ConfigException("matched", "is missing or negative");
    }
    smallest = List.copyOf(smallest);
    if (smallest.size() != Math.min(matched, KEPT)) {
      throw new ConfigException("smallest", "has " + smallest.size() + " of " + matched);
    }
  }
}
