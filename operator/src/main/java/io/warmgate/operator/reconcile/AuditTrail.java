package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.micrometer.core.instrument.MeterRegistry;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiConsumerStatus;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CacheInvalidationStatus;
import io.warmgate.crd.v1alpha1.InvalidationPhase;
import io.warmgate.crd.v1alpha1.InvalidationPods;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.crd.v1alpha1.RouteGrant;
import io.warmgate.operator.rollout.Command;
import io.warmgate.operator.status.Author;
import io.warmgate.operator.status.GrantChanges;
import io.warmgate.operator.status.Notice;
import io.warmgate.operator.status.SelectionText;
import io.warmgate.operator.translate.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who ordered what, when and why, and what came of it: a line of the log {@value #LOG_NAME} each,
 * which is never left out, and an Event, of which a burst may lose some.
 */
public final class AuditTrail {
  static final String LOG_NAME = "warmgate.audit";
  private static final Logger LOG = LoggerFactory.getLogger(LOG_NAME);

  private final EventWriter events;
  private final MeterRegistry metrics;
  private final Set<String> begun = ConcurrentHashMap.newKeySet();

  public AuditTrail(EventWriter events, MeterRegistry metrics) {
    this.events = events;
    this.metrics = metrics;
  }

  /**
   * A rollout was given an order.
   *
   * @param object as the API server has it, with the order and its managed fields
   * @param now where the rollout stands after it; null: there is none
   */
  void order(
      HasMetadata object,
      String order,
      RolloutMetrics.Obedience obedience,
      @Nullable RolloutStatus now) {
    Author author = Author.ofAnnotation(object.getMetadata(), Command.ANNOTATION);
    String came =
        switch (obedience) {
          case IGNORED -> "it does not apply";
          case OBEYED -> now == null ? "obeyed" : standing(now);
        };
    tell(object, "RolloutOrdered", "'%s' %s: %s".formatted(order, author.text(), came));
  }

  private static String standing(RolloutStatus now) {
    String next = now.next();
    return next == null
        ? "obeyed, release %s serves".formatted(now.release())
        : "obeyed, release %s to %s, which has %d %%"
            .formatted(now.release(), next, Objects.requireNonNullElse(now.percent(), 0));
  }

  /**
   * A consumer's status was written: what it may call became another.
   *
   * @param consumer as it was before
   * @param managed who wrote which of its fields
   */
  void access(ApiConsumer consumer, ApiConsumerStatus now, List<ManagedFieldsEntry> managed) {
    for (GrantChanges.Change change : GrantChanges.between(consumer.getStatus(), now)) {
      Author author = Author.ofWish(consumer, managed, change.route());
      RouteGrant grant = change.now();
      tell(
          consumer,
          "Access" + (grant == null ? "Withdrawn" : grant.state().wire()),
          "ApiRoute/%s%s: %s, %s"
              .formatted(
                  change.route(),
                  elsewhere(consumer),
                  grant == null ? "asked for no more" : grant.state().wire(),
                  author.text()));
    }
  }

  private static String elsewhere(ApiConsumer consumer) {
    String own = consumer.getMetadata().getNamespace();
    String gateways = consumer.getSpec().gatewayRef().namespaceFor(own);
    return gateways.equals(own) ? "" : " of namespace " + gateways;
  }

  /**
   * A {@code CacheInvalidation}'s status was written.
   *
   * @param object as it was before
   * @param managed who wrote which of its fields
   */
  void invalidation(
      CacheInvalidation object, CacheInvalidationStatus now, List<ManagedFieldsEntry> managed) {
    CacheInvalidationStatus before = object.getStatus();
    String uid = object.getMetadata().getUid();
    if ((before == null || before.phase() == null) && begun.add(uid)) {
      Author author = Author.ofSpec(managed, object.getMetadata().getAnnotations());
      tell(
          object,
          "PurgeOrdered",
          "%s of gateway %s, %s"
              .formatted(
                  SelectionText.of(object.getSpec()),
                  object.getSpec().gatewayRef().name(),
                  author.text()));
    }
    InvalidationPhase phase = now.phase();
    boolean isNew = before == null || before.completedAt() == null;
    if (phase != null && now.completedAt() != null && isNew) {
      begun.remove(uid);
      ended(object, word(phase), now);
    }
  }

  private void ended(CacheInvalidation object, String phase, CacheInvalidationStatus now) {
    InvalidationPods pods = now.pods();
    String counted = now.matched() == null ? "" : ", %d entries".formatted(now.matched());
    LOG.info(
        "{}: {}: {} of {} pods{}",
        name(object),
        phase,
        pods == null ? 0 : pods.acknowledged(),
        pods == null ? 0 : pods.answering(),
        counted);
    metrics.counter("warmgate.operator.invalidations", "phase", phase).increment();
  }

  private static String word(InvalidationPhase phase) {
    return switch (phase) {
      case PENDING -> "Pending";
      case IN_PROGRESS -> "InProgress";
      case COMPLETED -> "Completed";
      case TIMED_OUT -> "TimedOut";
      case FAILED -> "Failed";
    };
  }

  private void tell(HasMetadata object, String reason, String text) {
    LOG.info("{}: {}", name(object), text);
    events.write(new Notice(object, Notice.Severity.NORMAL, reason, text));
  }

  private static String name(HasMetadata object) {
    ObjectKey key = ObjectKey.of(object);
    return key.kind() + " " + key.id();
  }
}
