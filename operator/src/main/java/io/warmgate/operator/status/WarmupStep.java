package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.CacheWarmupStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What comes next for a {@code CacheWarmup}.
 *
 * @param status written first, where it changed; the action comes after that
 * @param action null: none
 * @param again when to look again though nothing happened: a deadline, or the end of its keeping
 */
public record WarmupStep(
    ObjectStatus<CacheWarmupStatus> status,
    @Nullable WarmupAction action,
    Optional<Instant> again,
    List<Notice> notices) {
  public WarmupStep {
    notices = List.copyOf(notices);
  }
}
