package io.warmgate.operator.status;

import io.warmgate.config.admin.PurgeCount;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CacheInvalidationStatus;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.InvalidationPhase;
import io.warmgate.crd.v1alpha1.InvalidationPods;
import io.warmgate.operator.snapshot.PodSeen;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a {@code CacheInvalidation}.
 *
 * <pre>
 * Pending ──► InProgress ──► Completed    every answering pod, and at least one, acknowledged
 *    │            └────────► TimedOut     the deadline passed; it stays in force
 *    ├─────────────────────► TimedOut     no gateway or no answering pod until then
 *    └─────────────────────► Failed       it names nothing that a request could have
 * </pre>
 *
 * <p>A dry run takes the same way, and is never appended or pushed: pods are asked to count.
 *
 * <p>First it is appended to the log, by one answering pod; its place there is in the status before
 * any pod is pushed. Where the log cannot be written the order goes to every answering pod and into
 * every heartbeat, and appending is tried again until it succeeds, also after the end: until then
 * entries of the shared cache that it names lie there.
 */
public final class Invalidations {
  private final CacheInvalidation object;
  private final CacheInvalidationStatus before;
  private final @Nullable PurgeAudience audience;
  private final PurgeProgress progress;
  private final Instant now;
  private final Conditions conditions;

  private Invalidations(
      CacheInvalidation object,
      @Nullable PurgeAudience audience,
      PurgeProgress progress,
      Instant now) {
    this.object = object;
    this.before =
        Objects.requireNonNullElseGet(
            object.getStatus(),
            () -> new CacheInvalidationStatus(null, null, null, null, null, null, null, List.of()));
    this.audience = audience;
    this.progress = progress;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.conditions = new Conditions(object, before.conditions(), now);
  }

  /**
   * @param audience null where the gateway does not exist
   */
  public static InvalidationStep next(
      CacheInvalidation object,
      @Nullable PurgeAudience audience,
      PurgeProgress progress,
      Instant now) {
    return new Invalidations(object, audience, progress, now).next();
  }

  private InvalidationStep next() {
    PurgeOrder order;
    try {
      order = PurgeOrders.of(object, receipt());
    } catch (IllegalArgumentException e) {
      return isFinished() ? finished(null) : failed(String.valueOf(e.getMessage()));
    }
    if (isFinished()) {
      return finished(order);
    }
    accepted();
    if (!allAcknowledged() && !now.isBefore(deadline())) {
      return timedOut(order);
    }
    if (audience == null || audience.answering().isEmpty()) {
      return waiting();
    }
    if (mustAppendFirst()) {
      return step(
          status(pending("It is being appended to the log"), InvalidationPhase.PENDING, null),
          List.of(new PurgeAction.Append(order)),
          deadline());
    }
    return allAcknowledged() ? completed(order) : inProgress(order);
  }

  private boolean isDryRun() {
    return object.getSpec().dryRun();
  }

  private @Nullable PurgeReceipt receipt() {
    PurgeReceipt written = PurgeOrders.receipt(before.position());
    return progress.appending() instanceof PurgeProgress.Appending.Appended(PurgeReceipt newer)
        ? newer
        : written;
  }

  private boolean isFinished() {
    InvalidationPhase phase = before.phase();
    return switch (phase) {
      case null -> false;
      case PENDING, IN_PROGRESS -> false;
      case COMPLETED, TIMED_OUT, FAILED -> true;
    };
  }

  private boolean mustAppendFirst() {
    return isUnlogged() && progress.appending() instanceof PurgeProgress.Appending.NotTried;
  }

  private boolean isUnlogged() {
    return audience != null && audience.sharedCache() && receipt() == null && !isDryRun();
  }

  /** Uids of the pods that did what they were asked. */
  private Set<String> done() {
    return isDryRun() ? progress.counts().keySet() : progress.acknowledged();
  }

  private List<PodSeen> missing() {
    return audience == null
        ? List.of()
        : audience.answering().stream().filter(pod -> !done().contains(pod.uid())).toList();
  }

  private boolean allAcknowledged() {
    return audience != null && !audience.answering().isEmpty() && missing().isEmpty();
  }

  private void accepted() {
    if (audience == null) {
      conditions.no(
          ConditionType.ACCEPTED,
          ConditionReason.TARGET_NOT_FOUND,
          "spec.gatewayRef: ApiGateway '%s' does not exist in this namespace"
              .formatted(object.getSpec().gatewayRef().name()));
    } else {
      conditions.yes(ConditionType.ACCEPTED, ConditionReason.ACCEPTED, "The selection is valid");
    }
  }

  private InvalidationStep failed(String why) {
    conditions
        .no(ConditionType.ACCEPTED, ConditionReason.INVALID, why)
        .no(ConditionType.COMPLETED, ConditionReason.FAILED, why);
    return step(status(conditions, InvalidationPhase.FAILED, now), List.of(), kept(now));
  }

  private InvalidationStep waiting() {
    return step(
        status(
            pending(audience == null ? "Its gateway does not exist" : "No pod answers"),
            InvalidationPhase.PENDING,
            null),
        List.of(),
        deadline());
  }

  private InvalidationStep inProgress(PurgeOrder order) {
    conditions.no(
        ConditionType.COMPLETED,
        ConditionReason.IN_PROGRESS,
        isDryRun()
            ? "Not every answering pod has counted yet"
            : "Not every answering pod has acknowledged it yet");
    List<PurgeAction> actions = unlogged(order);
    List<String> pods = missing().stream().map(PodSeen::uid).toList();
    actions.add(
        isDryRun() ? new PurgeAction.Count(order, pods) : new PurgeAction.Push(order, pods));
    return step(
        status(conditions, InvalidationPhase.IN_PROGRESS, null),
        actions,
        startedAt().plus(object.getSpec().deadline().toDuration()));
  }

  private InvalidationStep completed(PurgeOrder order) {
    conditions.yes(
        ConditionType.COMPLETED,
        ConditionReason.COMPLETED,
        isDryRun()
            ? "A dry run: nothing was purged; status.matched says what would have been"
            : "No answering pod serves what it names");
    return step(status(conditions, InvalidationPhase.COMPLETED, now), unlogged(order), kept(now));
  }

  private InvalidationStep timedOut(PurgeOrder order) {
    String missing = String.join(", ", missing().stream().map(PodSeen::name).sorted().toList());
    String who =
        audience == null
            ? "its gateway does not exist"
            : missing.isEmpty()
                ? "no pod answers"
                : "these pods have not %s: %s"
                    .formatted(isDryRun() ? "counted" : "acknowledged it", missing);
    conditions.no(
        ConditionType.COMPLETED,
        ConditionReason.TIMED_OUT,
        "After %s %s. %s"
            .formatted(
                object.getSpec().deadline(),
                who,
                isDryRun() ? "Nothing was purged" : "It stays in force"));
    return step(status(conditions, InvalidationPhase.TIMED_OUT, now), unlogged(order), kept(now));
  }

  /** It is as it ended, but for its place in the log, which may come later. */
  private InvalidationStep finished(@Nullable PurgeOrder order) {
    CacheInvalidationStatus status =
        new CacheInvalidationStatus(
            before.observedGeneration(),
            before.phase(),
            PurgeOrders.text(receipt()),
            before.pods(),
            before.matched(),
            before.startedAt(),
            before.completedAt(),
            before.conditions());
    List<PurgeAction> actions = order == null ? new ArrayList<>() : unlogged(order);
    Instant end = kept(before.completedAt() == null ? now : Instant.parse(before.completedAt()));
    boolean over = !now.isBefore(end);
    if (over && actions.isEmpty()) {
      actions.add(new PurgeAction.Delete());
    }
    return new InvalidationStep(
        new ObjectStatus<>(conditions.object(), status, !status.equals(before), true),
        actions,
        over ? Optional.empty() : Optional.of(end),
        List.of());
  }

  private List<PurgeAction> unlogged(PurgeOrder order) {
    List<PurgeAction> actions = new ArrayList<>();
    if (isUnlogged()) {
      actions.add(new PurgeAction.Announce(order));
      actions.add(new PurgeAction.Append(order));
    }
    return actions;
  }

  private Conditions pending(String message) {
    return conditions.no(ConditionType.COMPLETED, ConditionReason.PENDING, message);
  }

  private CacheInvalidationStatus status(
      Conditions written, InvalidationPhase phase, @Nullable Instant end) {
    int answering = audience == null ? 0 : audience.answering().size();
    List<PodSeen> missing = missing();
    boolean started =
        before.startedAt() != null
            || phase == InvalidationPhase.IN_PROGRESS
            || phase == InvalidationPhase.COMPLETED;
    return new CacheInvalidationStatus(
        written.generation(),
        phase,
        PurgeOrders.text(receipt()),
        new InvalidationPods(
            answering,
            answering - missing.size(),
            phase == InvalidationPhase.TIMED_OUT
                ? missing.stream().map(PodSeen::name).sorted().toList()
                : List.of()),
        phase == InvalidationPhase.COMPLETED ? matched() : null,
        started ? startedAt().toString() : null,
        end == null ? null : end.toString(),
        written.list());
  }

  /** Null of a purge: what it took could only be counted before, entry by entry. */
  private @Nullable Long matched() {
    return !isDryRun() || audience == null
        ? null
        : Matched.distinct(
            audience.answering().stream()
                .map(pod -> progress.counts().getOrDefault(pod.uid(), PurgeCount.NONE))
                .toList());
  }

  private Instant startedAt() {
    return before.startedAt() == null ? now : Instant.parse(before.startedAt());
  }

  /** From when it was first sent; before that from when it was made. */
  private Instant deadline() {
    String from =
        Objects.requireNonNullElseGet(
            before.startedAt(), () -> object.getMetadata().getCreationTimestamp());
    return Instant.parse(from).plus(object.getSpec().deadline().toDuration());
  }

  private Instant kept(Instant end) {
    return end.plusSeconds(object.getSpec().ttlSecondsAfterFinished());
  }

  private InvalidationStep step(
      CacheInvalidationStatus status, List<PurgeAction> actions, Instant again) {
    boolean settled = status.completedAt() != null || receipt() != null;
    return new InvalidationStep(
        new ObjectStatus<>(conditions.object(), status, !status.equals(before), settled),
        actions,
        Optional.of(again),
        conditions.notices());
  }
}
