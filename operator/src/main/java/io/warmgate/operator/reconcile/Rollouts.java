package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.check.Checks;
import io.warmgate.operator.rollout.Command;
import io.warmgate.operator.rollout.Measure;
import io.warmgate.operator.rollout.Observation;
import io.warmgate.operator.rollout.RolloutRecord;
import io.warmgate.operator.rollout.RolloutState;
import io.warmgate.operator.rollout.Sides;
import io.warmgate.operator.rollout.Steady;
import io.warmgate.operator.rollout.Step;
import io.warmgate.operator.rollout.Underway;
import io.warmgate.operator.rollout.Warmth;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.source.WarmSources;
import io.warmgate.operator.status.PurgeProgress;
import io.warmgate.operator.translate.ObjectKey;
import io.warmgate.operator.translate.RouteRelease;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.warm.WarmTarget;
import io.warmgate.operator.warm.Warmers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rollouts of one gateway's routes. A route is known here from its first rollout on; of others
 * what is written is what is served.
 */
final class Rollouts implements AutoCloseable {
  /** A rollout is looked at so often though nothing happens: deadlines and windows pass. */
  private static final Duration TICK = Duration.ofMillis(500);

  private final Map<String, RouteRollout> routes = new HashMap<>();
  private final Orders orders = new Orders();
  private final PromotionPurges purges = new PromotionPurges();
  private final Warmers warmers;
  private final Supplier<Measure> measures;
  private final Checks checks;

  /**
   * @param measures begins to count what pods are asked
   * @param checks asks users' checks
   */
  Rollouts(Warmers warmers, Supplier<Measure> measures, Checks checks) {
    this.warmers = warmers;
    this.measures = measures;
    this.checks = checks;
  }

  /**
   * What followed for a route, or for a gateway's pods.
   *
   * @param status to be written before anything is done about it; null: there is none
   * @param order that was obeyed, or does not apply: to be taken off it; null: none
   * @param stands to be run once the status is written: it is so from then on
   */
  record Change(
      HasMetadata object,
      @Nullable RolloutStatus status,
      List<Step.Note> notes,
      @Nullable String order,
      Runnable stands) {

    /** This is so too, once it is written. */
    Change also(Runnable more) {
      return new Change(
          object,
          status,
          notes,
          order,
          () -> {
            stands.run();
            more.run();
          });
    }
  }

  /** Learns what is written of routes that are seen for the first time. */
  void meet(Snapshot snapshot, Instant now) {
    Set<String> there = new HashSet<>();
    for (ApiRoute route : snapshot.attachments().routes()) {
      String id = ObjectKey.of(route).id();
      String uid = route.getMetadata().getUid();
      RouteRollout known = routes.get(id);
      there.add(id);
      if (known != null && known.uid.equals(uid)) {
        continue;
      }
      forget(id);
      var status = route.getStatus();
      if (status != null && status.rollout() != null) {
        orders.met(route, status.rollout(), now);
        purges.learn(id, status.rollout());
        RolloutRecord.read(status.rollout(), now)
            .ifPresent(
                state ->
                    routes.put(
                        id, new RouteRollout(uid, id, state, measures, new UserCheck(checks))));
      }
    }
    Set.copyOf(routes.keySet()).stream().filter(id -> !there.contains(id)).forEach(this::forget);
    orders.keep(there);
  }

  /** Under which something may be warmed here. */
  Set<String> warmed() {
    return routes.keySet().stream()
        .flatMap(id -> Stream.of(id, wayBack(id)))
        .collect(Collectors.toSet());
  }

  /** A route of which more than one release has traffic; empty where none has. */
  Optional<String> shifting() {
    return routes.entrySet().stream()
        .filter(any -> any.getValue().state().movesTraffic())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void forget(String id) {
    purges.forget(id);
    RouteRollout gone = routes.remove(id);
    if (gone != null) {
      gone.close();
    }
  }

  /** Which releases have which share, of the routes that are known here. */
  Map<String, Sides> sides() {
    return routes.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, any -> any.getValue().state().sides()));
  }

  /**
   * One look at every route.
   *
   * @param translation with {@link #sides} as they are
   * @param queued what has to be over before traffic may move; null: nothing
   * @return what followed; where it is not empty the translation is another
   */
  List<Change> advance(
      Snapshot snapshot, Translation translation, @Nullable String queued, Instant now) {
    GatewayConfig config = translation.config();
    if (config == null) {
      return List.of();
    }
    Map<String, Route> served = new HashMap<>();
    config.routes().forEach(route -> served.put(route.id(), route));
    List<PodSeen> answering = snapshot.fleet().answering();
    WarmTarget.Reach reach =
        config.cache().shared() == null ? WarmTarget.Reach.ONE_POD : WarmTarget.Reach.ALL_PODS;
    List<Change> changes = new ArrayList<>();
    for (ApiRoute route : snapshot.attachments().routes()) {
      RouteRelease release = translation.releases().get(ObjectKey.of(route).id());
      if (release != null) {
        look(
                route,
                release,
                new Fleetwide(
                    served.get(release.route()), answering, reach, translation.sources(), queued),
                now)
            .ifPresent(changes::add);
      }
    }
    return changes;
  }

  /** What of a look is not the route's alone. */
  private record Fleetwide(
      @Nullable Route served,
      List<PodSeen> answering,
      WarmTarget.Reach reach,
      WarmSources sources,
      @Nullable String queued) {}

  private Optional<Change> look(ApiRoute route, RouteRelease release, Fleetwide pods, Instant now) {
    RouteRollout known = routes.get(release.route());
    Optional<String> order = orders.next(route);
    if (known == null) {
      if (release.first() == null || release.like(release.first().name())) {
        return order
            .map(text -> orders.change(route, null, List.of(Orders.doesNotApply(text)), text, now))
            .or(() -> orders.left(route, now));
      }
      known =
          new RouteRollout(
              route.getMetadata().getUid(),
              release.route(),
              Steady.at(release.first().name()),
              measures,
              new UserCheck(checks));
      routes.put(release.route(), known);
    }
    RouteRollout rollout = known;
    warm(rollout, release, pods);
    RolloutState before = rollout.state();
    Command command = order.flatMap(Command::of).orElse(null);
    boolean lost = isLost(before, release);
    Observation seen = observe(rollout, release, pods, command, now);
    Step step = lost ? lost(before, release) : before.next(seen);
    if (step.state().equals(before) && order.isEmpty()) {
      return orders.left(route, now);
    }
    List<Step.Note> notes = new ArrayList<>(step.notes());
    if (!lost) {
      purges.stepped(route, before, step.state(), seen).ifPresent(notes::add);
    }
    if (order.isPresent() && (command == null || step.state().equals(before))) {
      notes.add(Orders.doesNotApply(order.get()));
    }
    Change change =
        orders.change(route, status(step.state(), release), notes, order.orElse(null), now);
    return Optional.of(change.also(() -> rollout.state(step.state())));
  }

  /** What has to be warm in the state that it is in. */
  private void warm(RouteRollout known, RouteRelease release, Fleetwide pods) {
    double hitRatio = known.hitRatio(release);
    WarmSources.Wanted wanted = pods.sources().of(release.route());
    warmers.want(release.route(), known.warm(release, pods.reach(), wanted), hitRatio);
    warmers.want(
        wayBack(release.route()), known.warmWayBack(release, pods.reach(), wanted), hitRatio);
  }

  /** Under which the release before is kept warm while both have traffic. */
  private static String wayBack(String route) {
    return "way back of " + route;
  }

  /** Whether what runs is not what the state says: its release is gone from the revision. */
  private static boolean isLost(RolloutState state, RouteRelease release) {
    Sides wanted = state.sides();
    Sides served = release.served();
    return !served.first().equals(wanted.first())
        || (wanted.percent() > 0 && !served.equals(wanted));
  }

  private static Step lost(RolloutState state, RouteRelease release) {
    String serves = release.served().first();
    return new Step(
        Steady.at(serves),
        List.of(
            new Step.Note(
                Step.Severity.WARNING,
                "ReleaseLost",
                "%s is not in the current revision any more; release %s serves"
                    .formatted(state.sides(), serves))));
  }

  private Observation observe(
      RouteRollout known,
      RouteRelease release,
      Fleetwide pods,
      @Nullable Command command,
      Instant now) {
    RolloutState state = known.state();
    boolean acknowledged = known.acknowledged(pods.served(), Lag.lowest(pods.answering()));
    String other = state.sides().other();
    return new Observation(
        now,
        wanted(state, release),
        acknowledged,
        acknowledged ? null : Lag.text(pods.answering(), known.servedSince()),
        other == null ? Warmth.UNKNOWN : warmers.warmth(release.route(), other),
        known.verdict(release, now),
        pods.queued(),
        command,
        release.settings());
  }

  /** Something that cannot be used is no wish: what goes on goes on. */
  private static Observation.Wanted wanted(RolloutState state, RouteRelease release) {
    String blue =
        switch (state) {
          case Steady steady -> steady.release();
          case Underway underway -> underway.course().blue();
        };
    String green =
        switch (state) {
          case Steady steady -> steady.previous() == null ? null : steady.previous().release();
          case Underway underway -> underway.course().green();
        };
    if (!release.written()) {
      boolean steady = state instanceof Steady;
      return new Observation.Wanted(
          steady ? blue : Objects.requireNonNull(green), steady, !steady, null);
    }
    return new Observation.Wanted(
        release.wanted().name(),
        release.like(blue),
        green != null && release.like(green),
        release.unusable());
  }

  /** A revision is current. */
  void minted(MintedRevision revision) {
    if (routes.isEmpty()) {
      return;
    }
    Map<String, Route> served = new HashMap<>();
    revision.config().routes().forEach(route -> served.put(route.id(), route));
    routes.forEach((id, rollout) -> rollout.minted(revision.number(), served.get(id)));
  }

  /** What is to be said of each route that has been rolled out. */
  Map<String, RolloutStatus> statuses(Translation translation) {
    Map<String, RolloutStatus> statuses = new HashMap<>();
    routes.forEach(
        (id, rollout) -> {
          RouteRelease release = translation.releases().get(id);
          if (release != null) {
            statuses.put(id, status(rollout.state(), release));
          }
        });
    return statuses;
  }

  private RolloutStatus status(RolloutState state, RouteRelease release) {
    String other = state.sides().other();
    return RolloutRecord.write(
            state, other == null ? Warmth.UNKNOWN : warmers.warmth(release.route(), other))
        .with(purges.of(release.route()));
  }

  /** One look at what releases purge that were promoted. */
  PromotionPurges.Look purges(
      Snapshot snapshot,
      Translation translation,
      Function<String, PurgeProgress> progress,
      Instant now) {
    Map<String, Route> served = new HashMap<>();
    if (translation.config() != null) {
      translation.config().routes().forEach(route -> served.put(route.id(), route));
    }
    long lowest = Lag.lowest(snapshot.fleet().answering());
    return purges.look(
        snapshot,
        id -> {
          RouteRollout known = routes.get(id);
          return known != null && known.acknowledged(served.get(id), lowest);
        },
        progress,
        now);
  }

  /** When to look again though nothing happens. */
  Optional<Instant> again(Instant now) {
    return Stream.concat(
            routes.values().stream().flatMap(any -> next(any.state(), now).stream()),
            orders.again().stream())
        .min(Instant::compareTo);
  }

  static Optional<Instant> next(RolloutState state, Instant now) {
    return switch (state) {
      case Underway _ -> Optional.of(now.plus(TICK));
      case Steady steady -> Optional.ofNullable(steady.previous()).map(Steady.Previous::until);
    };
  }

  @Override
  public void close() {
    Set.copyOf(routes.keySet()).forEach(this::forget);
  }
}
