package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.CacheWarmupStatus;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.WarmupPhase;
import io.warmgate.operator.rollout.Warmth;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a {@code CacheWarmup}.
 *
 * <pre>
 * Pending ──► InProgress ──► Completed    all of the plan was asked for, and certified
 *    │            ├────────► Failed       nothing of it could be had
 *    └────────────┴────────► TimedOut     the deadline passed
 * </pre>
 *
 * <p>An operator that starts anew begins one that is in progress again: it finds warm what is.
 */
public final class Warmups {
  private static final int MAX_MESSAGE = 1_024;

  private static final CacheWarmupStatus NONE =
      new CacheWarmupStatus(
          null, null, null, null, null, null, null, null, null, null, null, List.of());

  private final CacheWarmup object;
  private final CacheWarmupStatus before;
  private final @Nullable WarmupScope scope;
  private final Optional<Warmth> progress;
  private final Instant now;
  private final Conditions conditions;

  private Warmups(
      CacheWarmup object, @Nullable WarmupScope scope, Optional<Warmth> progress, Instant now) {
    this.object = object;
    this.before = Objects.requireNonNullElse(object.getStatus(), NONE);
    this.scope = scope;
    this.progress = progress;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.conditions = new Conditions(object, before.conditions(), now);
  }

  /** Whether it is over, so that its scope does not matter any more. */
  public static boolean isFinished(CacheWarmup object) {
    CacheWarmupStatus status = object.getStatus();
    return switch (status == null ? null : status.phase()) {
      case null -> false;
      case PENDING, IN_PROGRESS -> false;
      case COMPLETED, FAILED, TIMED_OUT -> true;
    };
  }

  /**
   * @param scope null where the gateway does not exist
   * @param progress empty where nobody has begun
   */
  public static WarmupStep next(
      CacheWarmup object, @Nullable WarmupScope scope, Optional<Warmth> progress, Instant now) {
    return new Warmups(object, scope, progress, now).next();
  }

  private WarmupStep next() {
    if (isFinished(object)) {
      return finished();
    }
    accepted();
    Warmth warmth = progress.orElse(null);
    if (warmth != null && scope != null && warmth.progress() == Warmth.Progress.DONE) {
      return done(warmth, scope);
    }
    if (!now.isBefore(deadline())) {
      return timedOut();
    }
    if (scope == null || scope.missing() != null) {
      conditions.no(ConditionType.COMPLETED, ConditionReason.PENDING, missing());
      return step(WarmupPhase.PENDING, null, deadline());
    }
    conditions.no(
        ConditionType.COMPLETED,
        ConditionReason.IN_PROGRESS,
        warmth == null || warmth.problem() == null
            ? "Pods are asking"
            : cut("Pods are asking; the last that went wrong: " + warmth.problem()));
    return step(WarmupPhase.IN_PROGRESS, new WarmupAction.Warm(scope), deadline());
  }

  private void accepted() {
    if (scope == null) {
      conditions.no(
          ConditionType.ACCEPTED,
          ConditionReason.TARGET_NOT_FOUND,
          "spec.gatewayRef: ApiGateway '%s' does not exist in this namespace"
              .formatted(object.getSpec().gatewayRef().name()));
    } else {
      conditions.yes(ConditionType.ACCEPTED, ConditionReason.ACCEPTED, "Its gateway is there");
    }
  }

  private String missing() {
    return scope == null
        ? "Its gateway does not exist"
        : Objects.requireNonNullElse(scope.missing(), "Pods are asking");
  }

  private WarmupStep done(Warmth warmth, WarmupScope of) {
    int planned = warmth.planned() + of.unrouted();
    int failed = failed(warmth, of);
    List<String> parts = new ArrayList<>();
    parts.add(
        planned == 0
            ? "There was nothing to ask for: no client has asked yet, and nothing is listed"
            : "%d of %d requests are in every pod's cache".formatted(warmth.certified(), planned));
    if (failed > 0 && warmth.problem() != null) {
      parts.add("the last that went wrong: " + warmth.problem());
    }
    parts.addAll(of.notes());
    String message = cut(String.join("; ", parts));
    boolean lost = failed > 0 && warmth.certified() == 0;
    if (lost) {
      conditions.no(ConditionType.COMPLETED, ConditionReason.FAILED, message);
    } else {
      conditions.yes(ConditionType.COMPLETED, ConditionReason.COMPLETED, message);
    }
    return step(lost ? WarmupPhase.FAILED : WarmupPhase.COMPLETED, null, kept(now));
  }

  private WarmupStep timedOut() {
    conditions.no(
        ConditionType.COMPLETED,
        ConditionReason.TIMED_OUT,
        cut(
            "After %s it was not done: %s. What is warm by now stays"
                .formatted(
                    object.getSpec().deadline(),
                    progress
                        .map(
                            any ->
                                "%d of %d requests are in every pod's cache"
                                    .formatted(any.certified(), any.planned()))
                        .orElse(missing()))));
    return step(WarmupPhase.TIMED_OUT, null, kept(now));
  }

  private WarmupStep finished() {
    Instant end = kept(before.completedAt() == null ? now : Instant.parse(before.completedAt()));
    boolean over = !now.isBefore(end);
    return new WarmupStep(
        new ObjectStatus<>(conditions.object(), before, false, true),
        over ? new WarmupAction.Delete() : null,
        over ? Optional.empty() : Optional.of(end),
        List.of());
  }

  private WarmupStep step(WarmupPhase phase, @Nullable WarmupAction action, Instant again) {
    boolean over = phase != WarmupPhase.PENDING && phase != WarmupPhase.IN_PROGRESS;
    boolean begun = phase != WarmupPhase.PENDING && (before.startedAt() != null || action != null);
    Warmth warmth = progress.orElse(null);
    CacheWarmupStatus status =
        new CacheWarmupStatus(
            conditions.generation(),
            phase,
            warmth == null ? null : warmth.planned() + unrouted(),
            warmth == null ? null : warmth.filled(),
            warmth == null ? null : warmth.certified(),
            warmth == null ? null : failed(warmth, scope),
            warmth == null ? null : warmth.originRequests(),
            warmth == null ? null : warmth.coveragePercent(),
            over || warmth == null ? null : warmth.secondsLeft(),
            begun ? Objects.requireNonNullElse(before.startedAt(), now.toString()) : null,
            over ? now.toString() : null,
            conditions.list());
    return new WarmupStep(
        new ObjectStatus<>(conditions.object(), status, !status.equals(before), over),
        action,
        Optional.of(again),
        conditions.notices());
  }

  private int unrouted() {
    return scope == null ? 0 : scope.unrouted();
  }

  /** With what cannot be kept: whoever lists it wanted it kept. */
  private static int failed(Warmth warmth, @Nullable WarmupScope of) {
    return warmth.failed() + warmth.changed() + (of == null ? 0 : of.unrouted());
  }

  private Instant deadline() {
    return Instant.parse(object.getMetadata().getCreationTimestamp())
        .plus(object.getSpec().deadline().toDuration());
  }

  private Instant kept(Instant end) {
    return end.plusSeconds(object.getSpec().ttlSecondsAfterFinished());
  }

  private static String cut(String text) {
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE - 1) + "…";
  }
}
