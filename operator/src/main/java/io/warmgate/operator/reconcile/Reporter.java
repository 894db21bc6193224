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
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiConsumerStatus;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiGatewayStatus;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CacheInvalidationStatus;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.fleet.PodView;
import io.warmgate.operator.fleet.Target;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.rollout.Command;
import io.warmgate.operator.rollout.Step;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.status.Author;
import io.warmgate.operator.status.InvalidationStep;
import io.warmgate.operator.status.Invalidations;
import io.warmgate.operator.status.ModelStatus;
import io.warmgate.operator.status.ModelView;
import io.warmgate.operator.status.Notice;
import io.warmgate.operator.status.ObjectStatus;
import io.warmgate.operator.status.PurgeAction;
import io.warmgate.operator.status.PurgeAudience;
import io.warmgate.operator.status.PurgeProgress;
import io.warmgate.operator.status.RedisReport;
import io.warmgate.operator.status.RolloutStatuses;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
  private final RolloutMetrics rollouts;
  private final AuditTrail audit;
  private final ModelStandings models = new ModelStandings();
  private final ExecutorService writers =
      Executors.newFixedThreadPool(SIDE_BY_SIDE, Thread.ofVirtual().name("status-", 0).factory());

  public Reporter(
      KubernetesClient client,
      StatusWriter statuses,
      EventWriter events,
      RolloutMetrics rollouts,
      AuditTrail audit) {
    this.client = client;
    this.statuses = statuses;
    this.events = events;
    this.rollouts = rollouts;
    this.audit = audit;
  }

  /** When to look again: a status that is held back, a purge's deadline. */
  Optional<Instant> report(
      Snapshot snapshot,
      Translation translation,
      Minting minting,
      GatewayState state,
      Instant now) {
    List<PodView> pods = state.fleet.pods();
    PromotionPurges.Look releases =
        state.rollouts.purges(snapshot, translation, id -> state.purges.progress(id, pods), now);
    Map<String, RolloutStatus> standing = state.rollouts.statuses(translation);
    state.warmups.begin(translation);
    OpenWarmups.Scheduled scheduled = state.warmups.schedules(translation, now);
    StatusReport report =
        StatusReport.of(
            snapshot,
            translation,
            minting,
            state.containment,
            new StatusReport.Progress(
                new RolloutStatuses(state.podsRollout.status(), standing), scheduled.warmups()),
            now);
    Round round = new Round(now);
    scheduled.again().ifPresent(round.looks::add);
    report.routes().forEach(status -> round.offer(status, ApiRoute::new));
    report.policies().forEach(status -> round.offer(status, CachePolicy::new));
    report.consumers().forEach(status -> round.offer(status, ApiConsumer::new));
    report.models().forEach(round::offer);
    round.offer(report.gateway(), ApiGateway::new);
    round.finish(report.notices());
    round.audit(snapshot.attachments().consumers(), report.consumers());
    releases.again().ifPresent(round.looks::add);
    releases.notices().forEach(this::tell);
    purge(snapshot, releases.actions(), state, round);
    rollouts.are(
        GatewayKey.of(snapshot.gateway()),
        byObject(snapshot, standing, state.podsRollout.status()));
    warm(snapshot, translation, state, round);
    return round.again();
  }

  private static Map<ObjectKey, RolloutStatus> byObject(
      Snapshot snapshot, Map<String, RolloutStatus> standing, RolloutStatus pods) {
    Map<ObjectKey, RolloutStatus> objects = new HashMap<>();
    objects.put(ObjectKey.of(snapshot.gateway()), pods);
    for (ApiRoute route : snapshot.attachments().routes()) {
      ObjectKey object = ObjectKey.of(route);
      RolloutStatus status = standing.get(object.id());
      if (status != null) {
        objects.put(object, status);
      }
    }
    return objects;
  }

  /** Where a rollout stands is written before anything is done about it. */
  void rollout(Rollouts.Change change, Instant now) {
    if (change.status() != null) {
      rollouts.step(
          ObjectKey.of(change.object()),
          write(change.object(), change.status(), now),
          change.status(),
          now);
    }
    for (Step.Note note : change.notes()) {
      tell(
          new Notice(
              change.object(),
              switch (note.severity()) {
                case NORMAL -> Notice.Severity.NORMAL;
                case WARNING -> Notice.Severity.WARNING;
              },
              note.reason(),
              note.message()));
    }
    if (change.order() != null) {
      obeyed(change, change.order());
    }
  }

  /** What stood there before. */
  private @Nullable RolloutStatus write(HasMetadata object, RolloutStatus rollout, Instant now) {
    return switch (object) {
      case ApiRoute route -> {
        ApiRouteStatus before = route.getStatus();
        ApiRouteStatus next =
            before == null
                ? new ApiRouteStatus(null, List.of(), rollout, List.of())
                : before.with(rollout);
        statuses.offer(
            new ObjectStatus<>(ObjectKey.of(route), next, !next.equals(before), true),
            ApiRoute::new,
            now);
        yield before == null ? null : before.rollout();
      }
      case ApiGateway gateway -> {
        ApiGatewayStatus before = gateway.getStatus();
        ApiGatewayStatus next = (before == null ? ApiGatewayStatus.none() : before).with(rollout);
        statuses.offer(
            new ObjectStatus<>(ObjectKey.of(gateway), next, !next.equals(before), true),
            ApiGateway::new,
            now);
        yield before == null ? null : before.rollout();
      }
      default -> throw new IllegalArgumentException("no rollout is of a " + object.getKind());
    };
  }

  private void obeyed(Rollouts.Change change, String order) {
    HasMetadata object = change.object();
    RolloutMetrics.Obedience obedience =
        change.notes().stream().anyMatch(note -> note.reason().equals(Orders.IGNORED))
            ? RolloutMetrics.Obedience.IGNORED
            : RolloutMetrics.Obedience.OBEYED;
    rollouts.order(object.getKind(), order, obedience);
    try {
      HasMetadata now = client.resource(object).get(); // informers do not keep who wrote what
      audit.order(now == null ? object : now, order, obedience, change.status());
      takeOff(now == null ? object : now, order);
    } catch (KubernetesClientException e) {
      LOG.info("{}: '{}' is not taken off: {}", ObjectKey.of(object), order, e.getMessage());
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

  /** An order is given once: it is taken off, with its reason, if it is still the same. */
  private void takeOff(HasMetadata object, String order) {
    List<Map<String, String>> patch = new ArrayList<>(removed(Command.ANNOTATION, order));
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    String reason = annotations == null ? null : annotations.get(Author.REASON);
    if (reason != null) {
      patch.addAll(removed(Author.REASON, reason));
    }
    HasMetadata _ =
        client.resource(object).patch(PatchContext.of(PatchType.JSON), Serialization.asJson(patch));
  }

  /** RFC 6902: nothing at all where the value is another. */
  private static List<Map<String, String>> removed(String annotation, String value) {
    String path = "/metadata/annotations/" + annotation.replace("/", "~1");
    return List.of(
        Map.of("op", "test", "path", path, "value", value), Map.of("op", "remove", "path", path));
  }

  private void tell(Notice notice) {
    LOG.info("{}: {}: {}", notice.object().id(), notice.reason(), notice.note());
    events.write(notice);
  }

  private void purge(
      Snapshot snapshot, List<PurgeAction> ofReleases, GatewayState state, Round round) {
    List<PodView> pods = state.fleet.pods();
    PurgeAudience audience =
        new PurgeAudience(snapshot.fleet().answering(), snapshot.references().redis() != null);
    state.purges.begin();
    for (PurgeAction action : ofReleases) {
      if (state.purges.act(action)) {
        round.looks.add(round.now);
      }
    }
    for (CacheInvalidation invalidation : snapshot.attachments().invalidations()) {
      purge(invalidation, audience, state, pods, round);
    }
    Target target = state.fleet.target();
    List<PurgeOrder> orders = state.purges.orders();
    if (!orders.equals(target.purges())) {
      state.fleet.target(target.purging(orders));
    }
    state.fleet.keepOrders(
        Stream.concat(state.purges.ids().stream(), state.revocations.ids().stream())
            .collect(Collectors.toSet()));
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
    objects
        .consumers()
        .forEach(consumer -> round.offer(Unattached.consumer(consumer, now), ApiConsumer::new));
    objects
        .models()
        .forEach(
            attached -> round.offer(Unattached.model(attached.model(), now), AiModelBackend::new));
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

  /** An object of the users' is gone. */
  public void gone(HasMetadata object) {
    if (object instanceof AiModelBackend) {
      models.forget(ObjectKey.of(object));
    }
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
    private final Map<ObjectKey, StatusWriter.Outcome> outcomes = new HashMap<>();
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

    /** A model's status is made of what all gateways say that serve it. */
    void offer(ModelView view) {
      offered.put(
          ObjectKey.of(view.attached().model()),
          writers.submit(() -> models.say(view, now, this::write)));
    }

    private StatusWriter.Outcome write(ModelStatus model) {
      StatusWriter.Outcome outcome = statuses.offer(model.status(), AiModelBackend::new, now);
      if (outcome instanceof StatusWriter.Outcome.Written) {
        model.notices().forEach(events::write);
      }
      return outcome;
    }

    void finish(List<Notice> notices) {
      offered.forEach((key, future) -> outcomes.put(key, join(future)));
      outcomes.values().forEach(this::hold);
      for (Notice notice : notices) {
        if (outcomes.get(notice.object()) instanceof StatusWriter.Outcome.Written) {
          events.write(notice);
        }
      }
    }

    /** Who may call what became another: told with the status that says so. */
    void audit(List<ApiConsumer> consumers, List<ObjectStatus<ApiConsumerStatus>> statuses) {
      for (int i = 0; i < statuses.size(); i++) {
        ObjectStatus<ApiConsumerStatus> next = statuses.get(i);
        if (outcomes.get(next.object()) instanceof StatusWriter.Outcome.Written(var managed)) {
          audit.access(consumers.get(i), next.status(), managed);
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
      if (outcome instanceof StatusWriter.Outcome.Written(var managed)) {
        audit.invalidation(invalidation, next, managed);
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
