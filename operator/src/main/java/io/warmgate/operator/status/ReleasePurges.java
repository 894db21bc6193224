package io.warmgate.operator.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.warmgate.crd.v1alpha1.ApiDuration;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CacheInvalidationSpec;
import io.warmgate.crd.v1alpha1.CacheInvalidationStatus;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.InvalidationMode;
import io.warmgate.crd.v1alpha1.InvalidationPhase;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.crd.v1alpha1.ReleasePurge;
import io.warmgate.crd.v1alpha1.Selection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a release purges when it is promoted goes the way of a {@code CacheInvalidation} that nobody
 * wrote: the same log, the same acknowledgements, the same end ({@link Invalidations}). Its state
 * is in the status of its route, so that the next operator goes on with it, under the same id.
 */
public final class ReleasePurges {
  private static final ApiDuration DEADLINE = ApiDuration.of("60s");

  private ReleasePurges() {}

  /**
   * What comes next.
   *
   * @param purge as it is from now on
   * @param actions in this order; {@link PurgeAction.Delete} never
   * @param again when to look again though nothing happened
   * @param notice of its end; empty where it did not end now
   */
  public record Step(
      ReleasePurge purge,
      List<PurgeAction> actions,
      Optional<Instant> again,
      Optional<Notice> notice) {
    public Step {
      actions = List.copyOf(actions);
    }
  }

  /**
   * A release was promoted. The id is made of what does not change when an operator starts anew, so
   * that a step that is repeated orders the same again, which is once.
   *
   * @param began when its rollout did: another rollout of the same release is another purge
   * @param before the route's last one; what was not over of it is taken along. Null: none
   */
  public static ReleasePurge due(
      ApiRoute route,
      String release,
      Instant began,
      List<String> tags,
      @Nullable ReleasePurge before) {
    String name = route.getMetadata().getUid() + "\n" + release + "\n" + began;
    Set<String> all = new LinkedHashSet<>(tags);
    String id = UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    if (before != null && before.phase() != InvalidationPhase.COMPLETED) {
      all.addAll(before.tags());
    }
    return new ReleasePurge(id, release, List.copyOf(all), null, null, null, null);
  }

  /** Whether nothing more is to be done for it. */
  public static boolean isOver(ReleasePurge purge, boolean sharedCache) {
    return purge.completedAt() != null && (purge.position() != null || !sharedCache);
  }

  /**
   * @param gateway name of the route's
   */
  public static Step next(
      ApiRoute route,
      String gateway,
      ReleasePurge purge,
      PurgeAudience audience,
      PurgeProgress progress,
      Instant now) {
    String began =
        purge.startedAt() == null
            ? now.truncatedTo(ChronoUnit.SECONDS).toString()
            : purge.startedAt();
    InvalidationStep step =
        Invalidations.next(asInvalidation(route, gateway, purge, began), audience, progress, now);
    CacheInvalidationStatus status = step.status().status();
    ReleasePurge next =
        new ReleasePurge(
            purge.id(),
            purge.release(),
            purge.tags(),
            status.phase(),
            status.position(),
            began,
            status.completedAt());
    boolean ended = purge.completedAt() == null && next.completedAt() != null;
    List<PurgeAction> actions = new ArrayList<>(step.actions());
    actions.removeIf(PurgeAction.Delete.class::isInstance);
    return new Step(
        next,
        actions,
        next.completedAt() == null ? step.again() : Optional.empty(),
        ended ? Optional.of(end(route, next, status)) : Optional.empty());
  }

  private static CacheInvalidation asInvalidation(
      ApiRoute route, String gateway, ReleasePurge purge, String began) {
    CacheInvalidation object = new CacheInvalidation();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(route.getMetadata().getNamespace())
            .withName(route.getMetadata().getName())
            .withUid(purge.id())
            .withGeneration(1L)
            .withCreationTimestamp(began)
            .build());
    Selection select = new Selection(purge.tags(), List.of(), null, List.of(), List.of(), null);
    object.setSpec(
        new CacheInvalidationSpec(
            new NameRef(gateway), select, InvalidationMode.HARD, false, DEADLINE, 0));
    object.setStatus(
        new CacheInvalidationStatus(
            1L,
            purge.phase(),
            purge.position(),
            null,
            null,
            began,
            purge.completedAt(),
            List.of()));
    return object;
  }

  private static Notice end(ApiRoute route, ReleasePurge purge, CacheInvalidationStatus status) {
    boolean good = purge.phase() == InvalidationPhase.COMPLETED;
    String message =
        status.conditions().stream()
            .filter(condition -> condition.getType().equals(ConditionType.COMPLETED.wire()))
            .map(condition -> condition.getMessage())
            .findFirst()
            .orElse("");
    return new Notice(
        route,
        good ? Notice.Severity.NORMAL : Notice.Severity.WARNING,
        good ? "ReleasePurged" : "ReleasePurgeTimedOut",
        "%s: tags %s, for release %s (order %s)"
            .formatted(message, String.join(", ", purge.tags()), purge.release(), purge.id()));
  }
}
