package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CacheInvalidationStatus;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.operator.fleet.PodView;
import io.warmgate.operator.fleet.Target;
import io.warmgate.operator.rollout.Command;
import io.warmgate.operator.rollout.Step;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.status.InvalidationStep;
import io.warmgate.operator.status.Invalidations;
import io.warmgate.operator.status.Notice;
import io.warmgate.operator.status.ObjectStatus;
import io.warmgate.operator.status.PurgeAction;
import io.warmgate.operator.status.PurgeAudience;
import io.warmgate.operator.status.PurgeProgress;
import io.warmgate.operator.status.RedisReport;
import io.warmgate.operator.status.StatusReport;
import io.warmgate.operator.status.Unattached;
import io.warmgate.operator.status.Unreadable;
import io.warmgate.operator.status.WarmupAction;
import io.warmgate.operator.status.WarmupScope;
import io.warmgate.operator.status.WarmupStep;
import io.warmgate.operator.status.Warmups;
import io.warmgate.operator.translate.Minting;
import io.warmgate.operator.translate.ObjectKey;
import io.warmgate.operator.translate.SecretReader;
import io.warmgate.operator.translate.Translation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what one gateway's users read: statuses of all that is attached to it, and Events. */
public final class Reporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  /** A burst of statuses is written side by side, but leaves the API server room for others. */
  private static final int SIDE_BY_SIDE = 16;

  /** A purge is looked at again at once where its append has just ended: at most so often. */
  private static final int MAX_LOOKS = 3;

  private final KubernetesClient client;
  private final StatusWriter statuses;
  private final EventWriter events;
  private final ExecutorService writers =
      Executors.newFixedThreadPool(SIDE_BY_SIDE, Thread.ofVirtual().name("status-", 0).factory());

  public Reporter(KubernetesClient client, StatusWriter statuses, EventWriter events) {
    this.client = client;
    this.statuses = statuses;
    this.events = events;
  }

  /** When to look again: a status that is held back, a purge's deadline. */
  Optional<Instant> report(
      Snapshot snapshot,
      Translation translation,
      Minting minting,
      GatewayState state,
      Instant now) {
    state.warmups.begin(translation);
    OpenWarmups.Scheduled scheduled = state.warmups.schedules(translation, now);
    StatusReport report =
        StatusReport.of(
            snapshot,
            translation,
            minting,
            state.containment,
            new StatusReport.Progress(state.rollouts.statuses(translation), scheduled.warmups()),
            now);
    Round round = new Round(now);
    scheduled.again().ifPresent(round.looks::add);
    report.routes().forEach(status -> round.offer(status, ApiRoute::new));
    report.policies().forEach(status -> round.offer(status, CachePolicy::new));
    round.offer(report.gateway(), ApiGateway::new);
    round.finish(report.notices());
    purge(snapshot, state, round);
    warm(snapshot, translation, state, round);
    return round.again();
  }

  /** Where a rollout stands is written before anything is done about it. */
  void rollout(Rollouts.Change change, Instant now) {
    ApiRoute route = change.route();
    if (change.status() != null) {
      ApiRouteStatus before = route.getStatus();
      ApiRouteStatus next =
          before == null
              ? new ApiRouteStatus(null, List.of(), change.status(), List.of())
              : before.with(change.status());
      StatusWriter.Outcome _ =
          statuses.offer(
              new ObjectStatus<>(ObjectKey.of(route), next, !next.equals(before), true),
              ApiRoute::new,
              now);
    }
    for (Step.Note note : change.notes()) {
      LOG.info("{}: {}: {}", ObjectKey.of(route).id(), note.reason(), note.message());
      events.write(
          new Notice(
              route,
              switch (note.severity()) {
                case NORMAL -> Notice.Severity.NORMAL;
                case WARNING -> Notice.Severity.WARNING;
              },
              note.reason(),
              note.message()));
    }
    if (change.order() != null) {
      obeyed(route, change.order());
    }
  }

  /** An order is given once: it is taken off, if it is still the same. */
  private void obeyed(ApiRoute route, String order) {
    String path = "/metadata/annotations/" + Command.ANNOTATION.replace("/", "~1");
    // RFC 6902
    String patch =
        Serialization.asJson(
            List.of(
                Map.of("op", "test", "path", path, "value", order),
                Map.of("op", "remove", "path", path)));
    try {
      ApiRoute _ = client.resource(route).patch(PatchContext.of(PatchType.JSON), patch);
    } catch (KubernetesClientException e) {
      LOG.info("{}: '{}' is not taken off: {}", ObjectKey.of(route).id(), order, e.getMessage());
    }
  }

  private void warm(Snapshot snapshot, Translation translation, GatewayState state, Round round) {
    OpenWarmups open = state.warmups;
    for (CacheWarmup object : snapshot.attachments().warmups()) {
      WarmupScope scope =
          Warmups.isFinished(object) ? null : open.scope(object, snapshot, translation);
      WarmupStep step = Warmups.next(object, scope, open.progress(object), round.now);
      round.write(step);
      switch (step.action()) {
        case null -> {}
        case WarmupAction.Warm(WarmupScope of) -> open.warm(object, of);
        case WarmupAction.Delete() -> delete(object);
      }
    }
    open.end();
  }

  private void purge(Snapshot snapshot, GatewayState state, Round round) {
    List<PodView> pods = state.fleet.pods();
    PurgeAudience audience =
        new PurgeAudience(snapshot.fleet().answering(), snapshot.references().redis() != null);
    state.purges.begin();
    for (CacheInvalidation invalidation : snapshot.attachments().invalidations()) {
      purge(invalidation, audience, state, pods, round);
    }
    Target target = state.fleet.target();
    List<PurgeOrder> orders = state.purges.orders();
    if (!orders.equals(target.purges())) {
      state.fleet.target(new Target(target.current(), target.values(), target.endpoints(), orders));
    }
  }

  private void purge(
      CacheInvalidation invalidation,
      PurgeAudience audience,
      GatewayState state,
      List<PodView> pods,
      Round round) {
    String id = invalidation.getMetadata().getUid();
    for (int looks = 0; looks < MAX_LOOKS; looks++) {
      InvalidationStep step =
          Invalidations.next(invalidation, audience, state.purges.progress(id, pods), round.now);
      round.write(invalidation, step);
      if (!act(invalidation, step, state)) {
        return;
      }
    }
  }

  /** Whether there is news at once, for the next look. */
  private boolean act(CacheInvalidation invalidation, InvalidationStep step, GatewayState state) {
    boolean news = false;
    for (PurgeAction action : step.actions()) {
      news |= state.purges.act(action);
      if (action instanceof PurgeAction.Delete) {
        delete(invalidation);
      }
    }
    return news;
  }

  private void delete(HasMetadata finished) {
    List<StatusDetails> _ = client.resource(finished).delete();
  }

  /** Tells the author of a gateway what the operator is not allowed to make it with. */
  void unreadable(ApiGateway gateway, SecretReader reader, Instant now) {
    statuses.offer(Unreadable.gateway(gateway, reader, now), ApiGateway::new, now);
  }

  /** Tells the authors of what no gateway has. */
  Optional<Instant> unclaimed(Attachments objects, Instant now) {
    Round round = new Round(now);
    objects.routes().forEach(route -> round.offer(Unattached.route(route, now), ApiRoute::new));
    objects
        .policies()
        .forEach(
            attached -> round.offer(Unattached.policy(attached.policy(), now), CachePolicy::new));
    round.finish(List.of());
    for (CacheInvalidation invalidation : objects.invalidations()) {
      InvalidationStep step = Invalidations.next(invalidation, null, PurgeProgress.none(), now);
      round.write(invalidation, step);
      if (step.actions().contains(new PurgeAction.Delete())) {
        delete(invalidation);
      }
    }
    for (CacheWarmup warmup : objects.warmups()) {
      WarmupStep step = Warmups.next(warmup, null, Optional.empty(), now);
      round.write(step);
      if (step.action() instanceof WarmupAction.Delete) {
        delete(warmup);
      }
    }
    return round.again();
  }

  /** Writes what a RedisCache's users read; when to look again where that is held back. */
  public Optional<Instant> report(RedisCache redis, RedisReport report, Instant now) {
    StatusWriter.Outcome outcome = statuses.offer(report.status(), RedisCache::new, now);
    if (outcome instanceof StatusWriter.Outcome.Written) {
      report.notices().forEach(events::write);
    }
    return outcome instanceof StatusWriter.Outcome.Held(var until)
        ? Optional.of(until)
        : Optional.empty();
  }

  /** One report's writes. */
  private final class Round {
    private final Instant now;
    private final Map<ObjectKey, Future<StatusWriter.Outcome>> offered = new HashMap<>();
    private final List<Instant> looks = new ArrayList<>();

    Round(Instant now) {
      this.now = now;
    }

    <S, R extends CustomResource<?, S>> void offer(ObjectStatus<S> status, Supplier<R> empty) {
      if (status.changed()) {
        offered.put(status.object(), writers.submit(() -> statuses.offer(status, empty, now)));
      } else {
        statuses.stands(status.object());
      }
    }

    void finish(List<Notice> notices) {
      Map<ObjectKey, StatusWriter.Outcome> outcomes = new HashMap<>();
      offered.forEach((key, future) -> outcomes.put(key, join(future)));
      outcomes.values().forEach(this::hold);
      for (Notice notice : notices) {
        if (outcomes.get(notice.object()) instanceof StatusWriter.Outcome.Written) {
          events.write(notice);
        }
      }
    }

    /**
     * Where it stands in the log is written before pods are told, and the end at once; how many
     * pods have acknowledged may wait.
     */
    void write(CacheInvalidation invalidation, InvalidationStep step) {
      CacheInvalidationStatus next = step.status().status();
      CacheInvalidationStatus before = invalidation.getStatus();
      boolean placed = before != null && Objects.equals(before.position(), next.position());
      ObjectStatus<CacheInvalidationStatus> status =
          new ObjectStatus<>(
              step.status().object(),
              next,
              step.status().changed(),
              step.status().settled() && !(placed && next.completedAt() == null));
      StatusWriter.Outcome outcome = statuses.offer(status, CacheInvalidation::new, now);
      hold(outcome);
      step.again().ifPresent(looks::add);
      if (outcome instanceof StatusWriter.Outcome.Written) {
        step.notices().forEach(events::write);
      }
    }

    /** How far it is may wait; its beginning and its end are written at once. */
    void write(WarmupStep step) {
      StatusWriter.Outcome outcome = statuses.offer(step.status(), CacheWarmup::new, now);
      hold(outcome);
      step.again().ifPresent(looks::add);
      if (outcome instanceof StatusWriter.Outcome.Written) {
        step.notices().forEach(events::write);
      }
    }

    private void hold(StatusWriter.Outcome outcome) {
      if (outcome instanceof StatusWriter.Outcome.Held(var until)) {
        looks.add(until);
      }
    }

    Optional<Instant> again() {
      return looks.stream().min(Instant::compareTo);
    }
  }

  private static StatusWriter.Outcome join(Future<StatusWriter.Outcome> write) {
    try {
      return write.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while statuses were written", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException refused
          ? refused
          : new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    writers.shutdownNow();
  }
}
