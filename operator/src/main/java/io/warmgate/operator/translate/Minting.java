package io.warmgate.operator.translate;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Revision;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/** Whether a configuration is a new revision. */
public sealed interface Minting {
  /**
   * What a ConfigMap may hold of a revision, compressed and as base64. Kubernetes allows 1 MiB for
   * the whole object (ConfigMap, "data stored in a ConfigMap cannot exceed 1 MiB").
   */
  int MAX_BYTES = 900 << 10;

  /** There is no configuration, or what runs is already it. */
  record Unchanged() implements Minting {}

  /** To be written with the ConfigMap's resourceVersion as precondition, then pushed. */
  record Minted(MintedRevision revision) implements Minting {}

  /**
   * It cannot be written; what runs goes on.
   *
   * @param bytes what it would take
   */
  record TooLarge(int bytes) implements Minting {}

  /** What is due for a gateway that is to have this configuration; null: goes on as it is. */
  static Minting next(Snapshot snapshot, @Nullable GatewayConfig config) {
    RevisionNumbers numbers = RevisionNumbers.of(snapshot);
    MintedRevision standing = numbers.overtaken() ? null : snapshot.fleet().current();
    return decide(config, standing, numbers.highest());
  }

  /**
   * @param highestNumber the highest that ConfigMap, status and pods have seen; 0 before the first
   */
  static Minting decide(
      @Nullable GatewayConfig config, @Nullable MintedRevision current, long highestNumber) {
    if (config == null || (current != null && current.config().equals(config))) {
      return new Unchanged();
    }
    Revision revision = Revision.of(highestNumber + 1, config);
    int bytes = revision.toJson().length;
    return bytes > MAX_BYTES
        ? new TooLarge(bytes)
        : new Minted(new MintedRevision(revision, config));
  }
}
