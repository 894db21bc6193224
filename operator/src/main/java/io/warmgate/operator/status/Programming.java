package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.translate.Finding;
import io.warmgate.operator.translate.Minting;
import io.warmgate.operator.translate.ObjectKey;
import io.warmgate.operator.translate.Translation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The condition {@code Programmed}: every answering pod, and at least one, serves a revision that
 * holds this generation of the object. Latched for as long as the configuration holds it: pods come
 * and go without it falling back.
 */
final class Programming {
  private static final ConditionType TYPE = ConditionType.PROGRAMMED;

  /** So many models are told by name. */
  private static final int TOLD = 5;

  private final Translation translation;
  private final Minting minting;
  private final Containment containment;
  private final List<PodSeen> answering;
  private final long lowest;
  private final Optional<String> refusal;

  Programming(
      Snapshot snapshot, Translation translation, Minting minting, Containment containment) {
    this.translation = translation;
    this.minting = minting;
    this.containment = containment;
    this.answering = snapshot.fleet().answering();
    this.lowest = answering.stream().mapToLong(PodSeen::serves).min().orElse(0);
    this.refusal = refusal(snapshot.fleet().current(), answering);
  }

  /** What the first pod that refused the current revision said. */
  static Optional<String> refusal(@Nullable MintedRevision current, List<PodSeen> answering) {
    if (current == null) {
      return Optional.empty();
    }
    return answering.stream()
        .filter(pod -> pod.refuses(current.number()))
        .findFirst()
        .map(
            pod ->
                "pod %s refused revision %d: %s %s"
                    .formatted(
                        pod.name(),
                        current.number(),
                        Objects.requireNonNull(pod.refused()).path(),
                        Objects.requireNonNull(pod.refused()).problem()));
  }

  /**
   * @param findings the object's own
   */
  void set(Conditions conditions, List<Finding> findings) {
    if (translation.config() == null) {
      nothingNew(conditions);
      return;
    }
    if (!translation.inclusion().objects().contains(conditions.object())) {
      notHeld(conditions, findings);
      return;
    }
    if (conditions.holds(TYPE)) {
      yes(conditions);
      return;
    }
    long since = containment.since(conditions.source());
    if (minting instanceof Minting.TooLarge(int bytes) && since == 0) {
      conditions.no(TYPE, ConditionReason.TOO_LARGE, tooLarge(bytes));
    } else if (since == 0) {
      conditions.no(TYPE, ConditionReason.PENDING, "It is not in a revision yet");
    } else if (answering.isEmpty()) {
      conditions.no(TYPE, ConditionReason.NO_READY_PODS, "No pod of the gateway answers");
    } else if (lowest >= since) {
      yes(conditions);
    } else if (refusal.isPresent()) {
      conditions.no(TYPE, ConditionReason.REFUSED_BY_PODS, refusal.get() + ". What ran goes on");
    } else {
      conditions.no(
          TYPE, ConditionReason.PENDING, "Not every answering pod has acknowledged it yet");
    }
  }

  /** There is no configuration to be minted: what ran goes on, and holds what it held. */
  private static void nothingNew(Conditions conditions) {
    if (conditions.holds(TYPE)) {
      yes(conditions);
    } else {
      conditions.no(
          TYPE,
          ConditionReason.PENDING,
          "The gateway has no listener that can be served: see the ApiGateway");
    }
  }

  static String tooLarge(int bytes) {
    return "The gateway's configuration takes %d KiB, and a ConfigMap holds %d KiB; "
            .formatted(bytes >> 10, Minting.MAX_BYTES >> 10)
        + "attach some routes to another ApiGateway. What ran goes on";
  }

  private static void yes(Conditions conditions) {
    conditions.yes(TYPE, ConditionReason.PROGRAMMED, "Every answering pod serves it");
  }

  private void notHeld(Conditions conditions, List<Finding> findings) {
    Optional<Finding> own = findings.stream().filter(any -> any.type() == TYPE).findFirst();
    boolean refused = findings.stream().anyMatch(any -> any.type() == ConditionType.ACCEPTED);
    if (own.isPresent()) {
      conditions.no(TYPE, own.get().reason(), own.get().message());
    } else if (refused) {
      conditions.no(TYPE, ConditionReason.INVALID, "It is not served as written: see Accepted");
    } else if (!findings.isEmpty()) {
      conditions.no(
          TYPE, ConditionReason.PENDING, "It is not served as written yet: see ResolvedRefs");
    } else {
      conditions.no(TYPE, ConditionReason.PENDING, waits(conditions.object()));
    }
  }

  private String waits(ObjectKey object) {
    List<String> models = translation.inclusion().waiting().getOrDefault(object, List.of());
    return models.isEmpty()
        ? "It waits for what it is for, which is not served as written"
        : "Of its models %s not served as written: see the status of the routes that name it"
            .formatted(
                models.stream()
                        .limit(TOLD)
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(", "))
                    + (models.size() > TOLD ? " and %d more".formatted(models.size() - TOLD) : "")
                    + (models.size() == 1 ? " is" : " are"));
  }
}
