package io.warmgate.operator.reconcile;

import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ReleasePurge;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.rollout.Observation;
import io.warmgate.operator.rollout.Promotion;
import io.warmgate.operator.rollout.RolloutState;
import io.warmgate.operator.rollout.Step;
import io.warmgate.operator.rollout.Underway;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.status.Notice;
import io.warmgate.operator.status.PurgeAction;
import io.warmgate.operator.status.PurgeAudience;
import io.warmgate.operator.status.PurgeProgress;
import io.warmgate.operator.status.ReleasePurges;
import io.warmgate.operator.translate.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the releases of one gateway's routes purge when they are promoted, by route. */
final class PromotionPurges {
  private final Map<String, ReleasePurge> purges = new HashMap<>();

  /** As the status has it, when a route is seen for the first time. */
  void learn(String route, RolloutStatus status) {
    if (status.purge() != null) {
      purges.put(route, status.purge());
    }
  }

  void forget(String route) {
    purges.remove(route);
  }

  /** Null: none yet. */
  @Nullable ReleasePurge of(String route) {
    return purges.get(route);
  }

  /**
   * A route's rollout took a step: where that promoted a release that names tags, they are to be
   * purged.
   *
   * @return news for people; empty where nothing is to be purged
   */
  Optional<Step.Note> stepped(
      ApiRoute route, RolloutState before, RolloutState after, Observation seen) {
    if (seen.settings().purgeTags().isEmpty()) {
      return Optional.empty();
    }
    return Promotion.of(before, after, seen)
        .map(release -> due(route, release, began(after, seen.now()), seen));
  }

  /**
   * One look at what is not over.
   *
   * @param actions to be carried out, once statuses are written
   * @param notices of what ended now
   * @param again when to look again though nothing happened
   */
  record Look(List<PurgeAction> actions, List<Notice> notices, Optional<Instant> again) {}

  /**
   * @param everywhere whether every answering pod serves a route as it is: a purge does not begin
   *     before
   * @param progress of an order, by its id
   */
  Look look(
      Snapshot snapshot,
      Predicate<String> everywhere,
      Function<String, PurgeProgress> progress,
      Instant now) {
    boolean shared = snapshot.references().redis() != null;
    List<PurgeAction> actions = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    List<Instant> looks = new ArrayList<>();
    for (ApiRoute route : snapshot.attachments().routes()) {
      String id = ObjectKey.of(route).id();
      ReleasePurge purge = purges.get(id);
      if (purge == null
          || ReleasePurges.isOver(purge, shared)
          || (purge.phase() == null && !everywhere.test(id))) {
        continue;
      }
      ReleasePurges.Step step =
          ReleasePurges.next(
              route,
              snapshot.gateway().getMetadata().getName(),
              purge,
              new PurgeAudience(snapshot.fleet().answering(), shared),
              progress.apply(purge.id()),
              now);
      purges.put(id, step.purge());
      actions.addAll(step.actions());
      step.notice().ifPresent(notices::add);
      step.again().ifPresent(looks::add);
    }
    return new Look(actions, notices, looks.stream().min(Instant::compareTo));
  }

  private static Instant began(RolloutState after, Instant now) {
    return after instanceof Underway underway ? underway.course().started() : now;
  }

  private Step.Note due(ApiRoute route, String release, Instant began, Observation seen) {
    String id = ObjectKey.of(route).id();
    ReleasePurge purge =
        ReleasePurges.due(route, release, began, seen.settings().purgeTags(), purges.get(id));
    purges.put(id, purge);
    return new Step.Note(
        Step.Severity.NORMAL,
        "ReleasePurgeOrdered",
        "Release %s purges what has one of the tags %s (order %s)"
            .formatted(release, String.join(", ", purge.tags()), purge.id()));
  }
}
