package io.warmgate.operator.reconcile;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.RolloutStatus;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rollouts of one gateway's routes. A route is known here from its first rollout on; of others
 * what is written is what is served.
 */
final class Rollouts implements AutoCloseable {
  /** A rollout is looked at so often though nothing happens: deadlines and windows pass. */
  private static final Duration TICK = Duration.ofMillis(500);

  private static final int MAX_NAMED = 3;

  private final Map<String, RouteRollout> routes = new HashMap<>();
  private final Map<String, String> obeyed = new HashMap<>();
  private final Warmers warmers;
  private final Supplier<Measure> measures;

  /**
   * @param measures begins to count what pods are asked
   */
  Rollouts(Warmers warmers, Supplier<Measure> measures) {
    this.warmers = warmers;
    this.measures = measures;
  }

  /**
   * What followed for a route.
   *
   * @param status to be written before anything is done about it; null: there is none
   * @param order that was obeyed, or does not apply: to be taken off the route; null: none
   */
  record Change(
      ApiRoute route,
      @Nullable RolloutStatus status,
      List<Step.Note> notes,
      @Nullable String order) {}

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
        RolloutRecord.read(status.rollout(), now)
            .ifPresent(state -> routes.put(id, new RouteRollout(uid, id, state, measures)));
      }
    }
    Set.copyOf(routes.keySet()).stream().filter(id -> !there.contains(id)).forEach(this::forget);
    obeyed.keySet().retainAll(there);
    warmers.keep(routes.keySet());
  }

  private void forget(String id) {
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
   * @return what followed; where it is not empty the translation is another
   */
  List<Change> advance(Snapshot snapshot, Translation translation, Instant now) {
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
                served.get(release.route()),
                answering,
                reach,
                translation.sources(),
                now)
            .ifPresent(changes::add);
      }
    }
    return changes;
  }

  private Optional<Change> look(
      ApiRoute route,
      RouteRelease release,
      @Nullable Route served,
      List<PodSeen> answering,
      WarmTarget.Reach reach,
      WarmSources sources,
      Instant now) {
    RouteRollout known = routes.get(release.route());
    Optional<String> order = order(route);
    if (known == null) {
      if (release.first() == null || release.like(release.first().name())) {
        return order.map(text -> new Change(route, null, List.of(doesNotApply(text)), text));
      }
      known =
          new RouteRollout(
              route.getMetadata().getUid(),
              release.route(),
              Steady.at(release.first().name()),
              measures);
      routes.put(release.route(), known);
    }
    RolloutState before = known.state();
    Command command = order.flatMap(Command::of).orElse(null);
    Step step =
        isLost(before, release)
            ? lost(before, release)
            : before.next(observe(known, release, served, answering, command, now));
    known.state(step.state());
    warmers.want(
        release.route(),
        known.warm(release, reach, sources.of(release.route())),
        known.hitRatio(release));
    if (step.state().equals(before) && order.isEmpty()) {
      return Optional.empty();
    }
    List<Step.Note> notes = new ArrayList<>(step.notes());
    if (order.isPresent() && (command == null || step.state().equals(before))) {
      notes.add(doesNotApply(order.get()));
    }
    return Optional.of(new Change(route, status(known, release), notes, order.orElse(null)));
  }

  private static Step.Note doesNotApply(String order) {
    return new Step.Note(
        Step.Severity.WARNING,
        "OrderIgnored",
        Command.of(order).isPresent()
            ? "'%s' does not apply: see status.rollout.phase".formatted(order)
            : "'%s' is no order: promote, abort, pause, resume or retry".formatted(order));
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
      @Nullable Route served,
      List<PodSeen> answering,
      @Nullable Command command,
      Instant now) {
    RolloutState state = known.state();
    long lowest = answering.stream().mapToLong(PodSeen::serves).min().orElse(0);
    boolean acknowledged = known.acknowledged(served, lowest);
    String other = state.sides().other();
    return new Observation(
        now,
        wanted(state, release),
        acknowledged,
        acknowledged ? null : lagging(answering, known.servedSince()),
        other == null ? Warmth.UNKNOWN : warmers.warmth(release.route(), other),
        known.verdict(release),
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

  private static String lagging(List<PodSeen> answering, long since) {
    if (answering.isEmpty()) {
      return "no pod answers";
    }
    List<String> names =
        answering.stream().filter(pod -> pod.serves() < since).map(PodSeen::name).sorted().toList();
    String some = names.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    return names.size() <= MAX_NAMED ? some : some + " and " + (names.size() - MAX_NAMED) + " more";
  }

  /** The order that was not looked at yet; empty where there is none. */
  private Optional<String> order(ApiRoute route) {
    String id = ObjectKey.of(route).id();
    Map<String, String> annotations = route.getMetadata().getAnnotations();
    String text = annotations == null ? null : annotations.get(Command.ANNOTATION);
    if (text == null) {
      obeyed.remove(id);
      return Optional.empty();
    }
    return text.equals(obeyed.put(id, text)) ? Optional.empty() : Optional.of(text);
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
            statuses.put(id, status(rollout, release));
          }
        });
    return statuses;
  }

  private RolloutStatus status(RouteRollout rollout, RouteRelease release) {
    String other = rollout.state().sides().other();
    return RolloutRecord.write(
        rollout.state(), other == null ? Warmth.UNKNOWN : warmers.warmth(release.route(), other));
  }

  /** When to look again though nothing happens. */
  Optional<Instant> again(Instant now) {
    return routes.values().stream()
        .map(RouteRollout::state)
        .flatMap(state -> next(state, now).stream())
        .min(Instant::compareTo);
  }

  private static Optional<Instant> next(RolloutState state, Instant now) {
    return switch (state) {
      case Underway _ -> Optional.of(now.plus(TICK));
      case Steady steady -> Optional.ofNullable(steady.previous()).map(Steady.Previous::until);
    };
  }

  @Override
  public void close() {
    Set.copyOf(routes.keySet()).forEach(this::forget);
    warmers.close();
  }
}
