package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.CacheInvalidationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What comes next for a {@code CacheInvalidation}.
 *
 * @param status written first, where it changed; the actions come after that
 * @param actions in this order
 * @param again when to look again though nothing happened: a deadline, or the end of its keeping
 */
public record InvalidationStep(
    ObjectStatus<CacheInvalidationStatus> status,
    List<PurgeAction> actions,
    Optional<Instant> again,
    List<Notice> notices) {
  public InvalidationStep {
    actions = List.copyOf(actions);
    notices = List.copyOf(notices);
  }
}
