package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.operator.translate.Finding;
import io.warmgate.operator.translate.ObjectKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of one object, written one after the other over those it has: {@code
 * lastTransitionTime} moves only when the status does.
 */
final class Conditions {
  private static final int MAX_MESSAGES = 5;
  private static final String TRUE = "True";
  private static final String FALSE = "False";
  private static final String UNKNOWN = "Unknown";

  private final HasMetadata source;
  private final ObjectKey object;
  private final long generation;
  private final List<Condition> before;
  private final Instant now;
  private final List<Condition> after = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();

  Conditions(HasMetadata object, List<Condition> before, Instant now) {
    this.source = object;
    this.object = ObjectKey.of(object);
    this.generation = object.getMetadata().getGeneration();
    this.before = before;
    this.now = now;
  }

  Conditions yes(ConditionType type, ConditionReason reason, String message) {
    return set(type, TRUE, reason, message);
  }

  Conditions unknown(ConditionType type, ConditionReason reason, String message) {
    return set(type, UNKNOWN, reason, message);
  }

  Conditions no(ConditionType type, ConditionReason reason, String message) {
    return set(type, FALSE, reason, message);
  }

  /** False with what was found, or True. */
  Conditions found(
      ConditionType type, List<Finding> findings, ConditionReason fine, String message) {
    List<Finding> bad =
        findings.isEmpty()
            ? findings
            : findings.stream().filter(any -> any.type() == type).toList();
    return bad.isEmpty()
        ? yes(type, fine, message)
        : no(type, bad.getFirst().reason(), messages(bad));
  }

  /** As it was, where it is there. */
  Conditions keep(ConditionType type) {
    Condition old = before(type);
    if (old != null) {
      after.add(old);
    }
    return this;
  }

  private static String messages(List<Finding> findings) {
    int more = findings.size() - MAX_MESSAGES;
    return findings.stream()
            .limit(MAX_MESSAGES)
            .map(Finding::message)
            .collect(Collectors.joining("; "))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  private Conditions set(
      ConditionType type, String status, ConditionReason reason, String message) {
    if (!reason.types().contains(type)) {
      throw new IllegalArgumentException(
          reason.wire() + " is no reason for " + type.wire() + ": see ConditionReason");
    }
    Condition old = before(type);
    boolean same = old != null && status.equals(old.getStatus());
    if (old != null && same && says(old, reason, message)) {
      after.add(old);
      return this;
    }
    after.add(
        new ConditionBuilder()
            .withType(type.wire())
            .withStatus(status)
            .withReason(reason.wire())
            .withMessage(message)
            .withObservedGeneration(generation)
            .withLastTransitionTime(
                old != null && same
                    ? old.getLastTransitionTime()
                    : now.truncatedTo(ChronoUnit.SECONDS).toString())
            .build());
    boolean sameReason = old != null && reason.wire().equals(old.getReason());
    if (!(same && sameReason) && isNews(type, reason, old != null)) {
      boolean good =
          type == ConditionType.EFFICIENT
              || status.equals(type == ConditionType.DEGRADED ? FALSE : TRUE);
      notices.add(
          new Notice(
              source,
              good ? Notice.Severity.NORMAL : Notice.Severity.WARNING,
              reason.wire(),
              message));
    }
    return this;
  }

  private boolean says(Condition condition, ConditionReason reason, String message) {
    return reason.wire().equals(condition.getReason())
        && message.equals(condition.getMessage())
        && Long.valueOf(generation).equals(condition.getObservedGeneration());
  }

  /**
   * Whether somebody should be told. What every object passes through is no news, and a thousand
   * routes that were programmed are not a thousand Events: what is good is told of gateways, caches
   * and purges alone.
   */
  private boolean isNews(ConditionType type, ConditionReason reason, boolean known) {
    return switch (type) {
      case ACCEPTED -> reason != ConditionReason.ACCEPTED && reason != ConditionReason.PENDING;
      case RESOLVED_REFS ->
          reason != ConditionReason.RESOLVED_REFS && reason != ConditionReason.PENDING;
      case PROGRAMMED ->
          reason == ConditionReason.REFUSED_BY_PODS
              || (reason == ConditionReason.PROGRAMMED && source instanceof ApiGateway);
      case CREDENTIALS_VALID -> reason == ConditionReason.REFUSED;
      case READY -> reason == ConditionReason.READY || known;
      case PROGRESSING -> reason == ConditionReason.RESTARTING;
      case DEGRADED ->
          reason != ConditionReason.NO_SHARED_CACHE
              && (reason != ConditionReason.AS_EXPECTED || known);
      case EFFICIENT -> reason != ConditionReason.MOSTLY_HITS || known;
      case COMPLETED -> reason != ConditionReason.PENDING && reason != ConditionReason.IN_PROGRESS;
    };
  }

  @Nullable Condition before(ConditionType type) {
    for (Condition any : before) {
      if (any.getType().equals(type.wire())) {
        return any;
      }
    }
    return null;
  }

  /** Whether the condition is True for this generation of the object. */
  boolean holds(ConditionType type) {
    Condition old = before(type);
    return old != null
        && old.getStatus().equals(TRUE)
        && Long.valueOf(generation).equals(old.getObservedGeneration());
  }

  /** Whether what was said before was said of this generation of the object. */
  boolean isOfThisGeneration(ConditionType type) {
    Condition old = before(type);
    return old != null && Long.valueOf(generation).equals(old.getObservedGeneration());
  }

  /** Whether the outcome is one that will not pass by itself in a moment. */
  boolean settled() {
    return after.stream()
        .noneMatch(
            any ->
                any.getReason().equals(ConditionReason.PENDING.wire())
                    || any.getReason().equals(ConditionReason.NO_READY_PODS.wire())
                    || any.getReason().equals(ConditionReason.APPLYING.wire()));
  }

  /** The object as it was read. */
  HasMetadata source() {
    return source;
  }

  ObjectKey object() {
    return object;
  }

  long generation() {
    return generation;
  }

  List<Condition> list() {
    return List.copyOf(after);
  }

  List<Notice> notices() {
    return List.copyOf(notices);
  }
}
