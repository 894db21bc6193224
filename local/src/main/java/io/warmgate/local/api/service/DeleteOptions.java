package io.warmgate.local.api.service;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to delete.
 *
 * @param grace in seconds; absent for the kind's default
 * @param uid only the object with this UID, if given
 * @param resourceVersion only the object in this version, if given
 */
public record DeleteOptions(
    Propagation propagation,
    WriteOptions.Persistence persistence,
    OptionalLong grace,
    Optional<String> uid,
    Optional<String> resourceVersion) {
  static final DeleteOptions PLAIN =
      new DeleteOptions(
          Propagation.BACKGROUND,
          WriteOptions.Persistence.KEPT,
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty());

  /** What becomes of the objects that it owns. */
  public enum Propagation {
    /** They go after it. */
    BACKGROUND,
    /** They go before it. */
    FOREGROUND,
    /** They stay. */
    ORPHAN
  }
}
