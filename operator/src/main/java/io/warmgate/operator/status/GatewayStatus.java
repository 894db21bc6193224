package io.warmgate.operator.status;

import io.warmgate.config.admin.PodState;
import io.warmgate.crd.v1alpha1.ApiGatewayStatus;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.ListenerStatus;
import io.warmgate.crd.v1alpha1.PodCounts;
import io.warmgate.crd.v1alpha1.RevisionStatus;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.Labels;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.translate.Finding;
import io.warmgate.operator.translate.Minting;
import io.warmgate.operator.translate.Translation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status of the gateway itself, where its pods show: nothing of theirs is in a route's. */
final class GatewayStatus {
  private final Snapshot snapshot;
  private final Translation translation;
  private final Minting minting;
  private final Programming programming;
  private final @Nullable RolloutStatus rollout;
  private final Instant now;

  GatewayStatus(
      Snapshot snapshot,
      Translation translation,
      Minting minting,
      Programming programming,
      @Nullable RolloutStatus rollout,
      Instant now) {
    this.snapshot = snapshot;
    this.translation = translation;
    this.minting = minting;
    this.programming = programming;
    this.rollout = rollout;
    this.now = now;
  }

  ObjectStatus<ApiGatewayStatus> write(List<Finding> found, List<Notice> notices) {
    ApiGatewayStatus before = snapshot.gateway().getStatus();
    Conditions conditions =
        new Conditions(snapshot.gateway(), before == null ? List.of() : before.conditions(), now);
    accepted(conditions, found);
    conditions.found(
        ConditionType.RESOLVED_REFS,
        found,
        ConditionReason.RESOLVED_REFS,
        "Everything it names is there");
    programming.set(conditions, found);
    ready(conditions);
    progressing(conditions);
    degraded(conditions);
    notices.addAll(conditions.notices());
    ApiGatewayStatus status = status(conditions);
    return new ObjectStatus<>(
        conditions.object(),
        status,
        !status.equals(before),
        conditions.settled() && !(before != null && status.equals(before.with(rollout))));
  }

  private ApiGatewayStatus status(Conditions conditions) {
    Fleet fleet = snapshot.fleet();
    MintedRevision current = fleet.current();
    Map<String, Integer> attached = translation.inclusion().attachedRoutes();
    return new ApiGatewayStatus(
        conditions.generation(),
        fleet.workload().pods(),
        Labels.GATEWAY + "=" + snapshot.name(),
        current == null ? null : new RevisionStatus(current.number(), fleet.acknowledgedNumber()),
        new PodCounts(fleet.answering().size(), fleet.answering().size() - lagging().size()),
        rollout,
        snapshot.gateway().getSpec().listeners().stream()
            .map(any -> new ListenerStatus(any.name(), attached.getOrDefault(any.name(), 0)))
            .toList(),
        fleet.workload().addresses(),
        conditions.list());
  }

  private void accepted(Conditions conditions, List<Finding> found) {
    ConditionType type = ConditionType.ACCEPTED;
    if (minting instanceof Minting.TooLarge(int bytes)) {
      conditions.no(type, ConditionReason.TOO_LARGE, Programming.tooLarge(bytes));
    } else {
      conditions.found(type, found, ConditionReason.ACCEPTED, "The gateway is served");
    }
  }

  private void ready(Conditions conditions) {
    Fleet fleet = snapshot.fleet();
    if (fleet.pods().stream().anyMatch(PodSeen::ready)) {
      conditions.yes(ConditionType.READY, ConditionReason.READY, "A pod is ready");
    } else if (fleet.answering().isEmpty()) {
      conditions.no(ConditionType.READY, ConditionReason.NO_READY_PODS, "No pod answers");
    } else {
      conditions.no(
          ConditionType.READY, ConditionReason.PODS_NOT_READY, "No pod says that it is ready");
    }
  }

  private void progressing(Conditions conditions) {
    if (rollout != null && rollout.phase() != RolloutPhase.STEADY) {
      conditions.yes(
          ConditionType.PROGRESSING,
          ConditionReason.APPLYING,
          "Pods of template %s take over from those of %s: %s"
              .formatted(
                  rollout.next(),
                  rollout.release(),
                  notReady(rollout.next()).orElse("see status.rollout")));
    } else if (!snapshot.fleet().workload().settled()) {
      conditions.yes(
          ConditionType.PROGRESSING,
          ConditionReason.APPLYING,
          "Pods are being replaced or started");
    } else if (!lagging().isEmpty()) {
      conditions.yes(
          ConditionType.PROGRESSING,
          ConditionReason.APPLYING,
          "The current revision is on its way to the pods");
    } else {
      conditions.no(
          ConditionType.PROGRESSING, ConditionReason.SETTLED, "What runs is what is asked");
    }
  }

  /** What a rollout's first phase waits for. */
  private Optional<String> notReady(@Nullable String side) {
    Fleet fleet = snapshot.fleet();
    return side == null
        ? Optional.empty()
        : fleet.workload().side(side).flatMap(known -> fleet.notReady(side, known.desired()));
  }

  private void degraded(Conditions conditions) {
    Fleet fleet = snapshot.fleet();
    Optional<String> refusal = Programming.refusal(fleet.current(), fleet.answering());
    long ready = fleet.pods().stream().filter(PodSeen::ready).count();
    if (refusal.isPresent()) {
      degraded(conditions, ConditionReason.REFUSED_BY_PODS, refusal.get() + ". What ran goes on");
    } else if (fleet.answering().stream().anyMatch(this::withoutLog)) {
      degraded(
          conditions,
          ConditionReason.SHARED_CACHE_UNAVAILABLE,
          "The RedisCache does not answer pods: they cache for themselves alone");
    } else if (isWithoutItsRedis()) {
      degraded(
          conditions,
          ConditionReason.SHARED_CACHE_UNAVAILABLE,
          "The RedisCache is not used, see ResolvedRefs: each pod caches for itself alone");
    } else if (!lagging().isEmpty() && conditions.holds(ConditionType.PROGRAMMED)) {
      degraded(
          conditions,
          ConditionReason.PODS_LAGGING,
          "These pods do not serve the current revision: " + String.join(", ", lagging()));
    } else if (ready < fleet.workload().pods() && fleet.workload().settled()) {
      degraded(
          conditions,
          ConditionReason.PODS_NOT_READY,
          "%d of %d pods are ready".formatted(ready, fleet.workload().pods()));
    } else if (snapshot.gateway().getSpec().cache().sharedRef() == null) {
      conditions.no(
          ConditionType.DEGRADED,
          ConditionReason.NO_SHARED_CACHE,
          "There is no RedisCache: each pod caches for itself alone"
              + (translation.config() != null && translation.config().hasLimits()
                  ? ", and counts limits for itself: each admits its share of them, by the number"
                      + " of pods"
                  : "")
              + (translation.config() != null && translation.config().hasIdempotency()
                  ? ". Rules with idempotency take no key: the request is refused, or not"
                      + " protected where onUnavailable is Allow"
                  : ""));
    } else {
      conditions.no(ConditionType.DEGRADED, ConditionReason.AS_EXPECTED, "Nothing is missing");
    }
  }

  private static void degraded(Conditions conditions, ConditionReason reason, String message) {
    conditions.yes(ConditionType.DEGRADED, reason, message);
  }

  /** While pods answer: before, its Redis may still be on its way. */
  private boolean isWithoutItsRedis() {
    return !snapshot.fleet().answering().isEmpty()
        && snapshot.gateway().getSpec().cache().sharedRef() != null
        && translation.config() != null
        && translation.config().cache().shared() == null;
  }

  private boolean withoutLog(PodSeen pod) {
    PodState.LogState log = pod.state() == null ? null : pod.state().log();
    return log != null && !log.connected();
  }

  private List<String> lagging() {
    MintedRevision current = snapshot.fleet().current();
    long number = current == null ? 0 : current.number();
    return snapshot.fleet().answering().stream()
        .filter(pod -> pod.serves() != number)
        .map(PodSeen::name)
        .sorted()
        .collect(Collectors.toList());
  }
}
