package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.operator.fleet.PodView;
import io.warmgate.operator.fleet.Target;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.status.InvalidationStep;
import io.warmgate.operator.status.Notice;
import io.warmgate.operator.status.ObjectStatus;
import io.warmgate.operator.status.PurgeAction;
import io.warmgate.operator.status.StatusReport;
import io.warmgate.operator.translate.Minting;
import io.warmgate.operator.translate.ObjectKey;
import io.warmgate.operator.translate.Translation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Writes what one gateway's users read: statuses of all that is attached to it, and Events. */
public final class Reporter implements AutoCloseable {
  /** A burst of statuses is written side by side, but leaves the API server room for others. */
  private static final int SIDE_BY_SIDE = 16;

  private final KubernetesClient client;
  private final StatusWriter statuses;
  private final EventWriter events;
  private final ExecutorService writers =
      Executors.newFixedThreadPool(
          SIDE_BY_SIDE, Thread.ofVirtual().name("status-", 0).factory());

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
    StatusReport report =
        StatusReports.of(snapshot, translation, minting, state.containment, now);
    Round round = new Round(snapshot, now);
    report.routes().forEach(status -> round.offer(status, ApiRoute::new));
    report.policies().forEach(status -> round.offer(status, CachePolicy::new));
    round.offer(report.gateway(), ApiGateway::new);
    round.finish(report.notices());
    purge(snapshot, state, round);
    return round.again();
  }

  private void purge(Snapshot snapshot, GatewayState state, Round round) {
    List<PodView> pods = state.fleet.pods();
    state.invalidations.begin();
    for (CacheInvalidation invalidation : snapshot.attachments().invalidations()) {
      purge(snapshot, invalidation, state, pods, round);
    }
    Target target = state.fleet.target();
    List<io.warmgate.config.admin.PurgeOrder> orders = state.invalidations.orders();
    if (!orders.equals(target.purges())) {
      state.fleet.target(
          new Target(target.current(), target.values(), target.endpoints(), orders));
    }
  }

  private void purge(
      Snapshot snapshot,
      CacheInvalidation invalidation,
      GatewayState state,
      List<PodView> pods,
      Round round) {
    String id = invalidation.getMetadata().getUid();
    boolean more = true;
    for (int looks = 0; more && looks < 3; looks++) {
      InvalidationStep step =
          InvalidationSteps.next(
              snapshot, invalidation, state.invalidations.progress(id, pods), round.now);
      boolean written = round.write(step.status(), step.notices());
      step.again().ifPresent(round::at);
      more = false;
      for (PurgeAction action : step.actions()) {
        if (action instanceof PurgeAction.Delete) {
          client.resource(invalidation).delete();
        } else if (written) {
          more |= state.invalidations.act(action);
        }
      }
    }
  }

  /** One report's writes. */
  private final class Round {
    private final Instant now;
    private final Map<ObjectKey, HasMetadata> objects = new HashMap<>();
    private final Map<ObjectKey, Future<StatusWriter.Outcome>> offered = new HashMap<>();
    private final List<Instant> looks = new ArrayList<>();

    Round(Snapshot snapshot, Instant now) {
      this.now = now;
      add(snapshot.gateway());
      snapshot.attachments().routes().forEach(this::add);
      snapshot.attachments().policies().forEach(attached -> add(attached.policy()));
      snapshot.attachments().invalidations().forEach(this::add);
    }

    private void add(HasMetadata object) {
      objects.put(ObjectKey.of(object), object);
    }

    <S, R extends CustomResource<?, S>> void offer(ObjectStatus<S> status, Supplier<R> empty) {
      offered.put(
          status.object(), writers.submit(() -> statuses.offer(status, empty, now)));
    }

    void finish(List<Notice> notices) {
      Map<ObjectKey, StatusWriter.Outcome> outcomes = new HashMap<>();
      offered.forEach((key, future) -> outcomes.put(key, join(future)));
      outcomes.values().forEach(this::hold);
      for (Notice notice : notices) {
        if (outcomes.get(notice.object()) instanceof StatusWriter.Outcome.Written) {
          tell(notice);
        }
      }
    }

    /** Whether the status is written now, or was before. */
    boolean write(ObjectStatus<?> status, List<Notice> notices) {
      @SuppressWarnings("unchecked")
      ObjectStatus<io.warmgate.crd.v1alpha1.CacheInvalidationStatus> typed =
          (ObjectStatus<io.warmgate.crd.v1alpha1.CacheInvalidationStatus>) status;
      StatusWriter.Outcome outcome = statuses.offer(typed, CacheInvalidation::new, now);
      hold(outcome);
      if (outcome instanceof StatusWriter.Outcome.Written) {
        notices.forEach(this::tell);
      }
      return !(outcome instanceof StatusWriter.Outcome.Held);
    }

    private void tell(Notice notice) {
      HasMetadata object = objects.get(notice.object());
      if (object != null) {
        events.write(object, notice);
      }
    }

    private void hold(StatusWriter.Outcome outcome) {
      if (outcome instanceof StatusWriter.Outcome.Held(var until)) {
        at(until);
      }
    }

    void at(Instant look) {
      looks.add(look);
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
