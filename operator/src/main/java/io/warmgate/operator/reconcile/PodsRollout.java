package io.warmgate.operator.reconcile;

import io.warmgate.config.Handover;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.operator.fleet.PodView;
import io.warmgate.operator.manifest.GatewayManifests;
import io.warmgate.operator.manifest.PodSides;
import io.warmgate.operator.rollout.Command;
import io.warmgate.operator.rollout.Draining;
import io.warmgate.operator.rollout.Measure;
import io.warmgate.operator.rollout.Observation;
import io.warmgate.operator.rollout.Observing;
import io.warmgate.operator.rollout.Provisioning;
import io.warmgate.operator.rollout.RolloutRecord;
import io.warmgate.operator.rollout.RolloutSettings;
import io.warmgate.operator.rollout.RolloutState;
import io.warmgate.operator.rollout.Sides;
import io.warmgate.operator.rollout.Steady;
import io.warmgate.operator.rollout.Step;
import io.warmgate.operator.rollout.Underway;
import io.warmgate.operator.rollout.Warmth;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.PodSide;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.translate.HandoverCompiler;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.warm.Warmers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rollout of one gateway's pods. A release is a pod template here, and a side the Deployment of
 * one: pods of both serve the same configuration, and the side that clients reach hands requests
 * over to the other ({@link Handover}). The Service leads elsewhere only before the first and after
 * the last request is handed over.
 */
final class PodsRollout implements AutoCloseable {
  private final SideMeasures measures;
  private final SideWarming warming;
  private final UserCheck check;
  private final Orders orders = new Orders();
  private @Nullable RolloutState state;
  private @Nullable Handover served;
  private long servedSince;

  /**
   * @param measures begins to count what the pods of a side are asked
   * @param check of its user's
   */
  PodsRollout(Warmers warmers, Function<String, Measure> measures, UserCheck check) {
    this.check = check;
    this.measures = new SideMeasures(measures);
    this.warming = new SideWarming(warmers);
  }

  /** Learns from what was written, or from what runs, where the pods are. */
  void meet(Snapshot snapshot, Instant now) {
    if (state == null) {
      var status = snapshot.gateway().getStatus();
      if (status != null && status.rollout() != null) {
        orders.met(snapshot.gateway(), status.rollout(), now);
      }
      be(
          Optional.ofNullable(status == null ? null : status.rollout())
              .flatMap(written -> RolloutRecord.read(written, now))
              .orElseGet(() -> Steady.at(found(snapshot))));
    }
  }

  private static String found(Snapshot snapshot) {
    return snapshot.fleet().workload().sides().stream()
        .max(Comparator.comparingInt(PodSide::ready))
        .map(PodSide::name)
        .orElseGet(() -> wanted(snapshot));
  }

  private static String wanted(Snapshot snapshot) {
    return GatewayManifests.wantedSide(snapshot.gateway(), snapshot.facts());
  }

  private RolloutState state() {
    return Objects.requireNonNull(state, "the pods were not met yet");
  }

  private void be(RolloutState next) {
    state = next;
    measures.state(next);
  }

  /** Which template has which share. */
  Sides sides() {
    return state().sides();
  }

  /** Whether requests move from one side to the other. */
  boolean shifting() {
    return state().movesTraffic();
  }

  /** What is warmed now. */
  Set<String> warmed() {
    return warming.keys();
  }

  /**
   * One look.
   *
   * @param translation with {@link #sides} as they are
   * @param queued what has to be over before requests may move; null: nothing
   * @return what followed; where it is not empty the translation is another
   */
  Optional<Rollouts.Change> advance(
      Snapshot snapshot, Translation translation, @Nullable String queued, Instant now) {
    if (translation.config() == null) {
      return Optional.empty();
    }
    ApiGateway gateway = snapshot.gateway();
    RolloutState before = state();
    warming.want(before, settings(snapshot).warmup(), translation);
    Optional<String> order = orders.next(gateway);
    Command command = order.flatMap(Command::of).orElse(null);
    Step step = before.next(observe(snapshot, translation, queued, command, now));
    if (step.state().equals(before) && order.isEmpty()) {
      return orders.left(gateway, now);
    }
    List<Step.Note> notes = new ArrayList<>(step.notes());
    if (order.isPresent() && (command == null || step.state().equals(before))) {
      notes.add(Orders.doesNotApply(order.get()));
    }
    Rollouts.Change change =
        orders.change(gateway, status(step.state()), notes, order.orElse(null), now);
    return Optional.of(change.also(() -> be(step.state())));
  }

  /** Where no pod of what serves runs there is nothing to take over from. */
  private RolloutSettings settings(Snapshot snapshot) {
    RolloutSettings written = HandoverCompiler.settings(snapshot.gateway());
    boolean runs =
        state() instanceof Underway
            || snapshot.fleet().pods().stream()
                .anyMatch(pod -> pod.of(sides().first()) && pod.place().runs());
    return runs ? written : written.atOnce();
  }

  private Observation observe(
      Snapshot snapshot,
      Translation translation,
      @Nullable String queued,
      @Nullable Command command,
      Instant now) {
    List<PodSeen> answering = snapshot.fleet().answering();
    RolloutSettings settings = settings(snapshot);
    String wanted = wanted(snapshot);
    String blue =
        switch (state()) {
          case Steady steady -> steady.release();
          case Underway underway -> underway.course().blue();
        };
    String green = green();
    String missing =
        green == null
            ? null
            : snapshot
                .fleet()
                .notReady(green, GatewayManifests.replicas(snapshot.gateway()))
                .orElse(null);
    Handover handover = Objects.requireNonNull(translation.config()).handover();
    boolean told =
        servedSince > 0 && Objects.equals(handover, served) && Lag.lowest(answering) >= servedSince;
    boolean there = !(state() instanceof Provisioning) || missing == null;
    boolean gone = green != null && !(state() instanceof Provisioning) && lost(snapshot, green);
    return new Observation(
        now,
        new Observation.Wanted(
            wanted, wanted.equals(blue), wanted.equals(green), gone ? missing : null),
        told && there,
        told ? missing : Lag.text(answering, servedSince),
        warming.warmth(),
        measures.verdict(settings.analysis()).and(check.verdict(state(), settings.analysis(), now)),
        queued,
        command,
        settings);
  }

  private @Nullable String green() {
    return switch (state()) {
      case Steady steady -> steady.previous() == null ? null : steady.previous().release();
      case Underway underway -> underway.course().green();
    };
  }

  private static boolean lost(Snapshot snapshot, String side) {
    return snapshot
        .fleet()
        .workload()
        .side(side)
        .map(any -> any.desired() > 0 && any.ready() == 0)
        .orElse(true);
  }

  /** A revision is current. */
  void minted(MintedRevision revision) {
    Handover now = revision.config().handover();
    if (servedSince == 0 || !Objects.equals(now, served)) {
      served = now;
      servedSince = revision.number();
    }
  }

  /** Which templates have pods, and where the Service leads. */
  PodSides plan() {
    Sides sides = sides();
    Set<String> kept = new HashSet<>(Set.of(sides.first()));
    if (sides.other() != null) {
      kept.add(sides.other());
    }
    return new PodSides(
        switch (state()) {
          case Observing observing -> observing.course().green();
          case Draining draining -> draining.course().green();
          case Steady steady -> steady.release();
          case Underway underway -> underway.course().blue();
        },
        kept);
  }

  /** Who takes what is handed over, by side; empty while there is one. */
  Map<String, List<EndpointSets.Endpoint>> takers(List<PodView> pods) {
    Map<String, List<EndpointSets.Endpoint>> takers = new HashMap<>();
    if (sides().other() == null) {
      return takers;
    }
    for (String side : plan().kept()) {
      takers.put(
          side,
          pods.stream()
              .filter(pod -> side.equals(pod.pod().side()) && takes(pod))
              .map(
                  pod ->
                      new EndpointSets.Endpoint(
                          Objects.requireNonNull(pod.pod().address()), AdminApi.HANDOVER_PORT))
              .toList());
    }
    return takers;
  }

  private static boolean takes(PodView pod) {
    return pod.pod().address() != null
        && pod.problem() == null
        && pod.state() != null
        && pod.state().ready()
        && !pod.state().draining();
  }

  /** What is to be said of it. */
  RolloutStatus status() {
    return status(state());
  }

  private RolloutStatus status(RolloutState state) {
    return RolloutRecord.write(
        state, state.sides().other() == null ? Warmth.UNKNOWN : warming.warmth());
  }

  /** When to look again though nothing happens. */
  Optional<Instant> again(Instant now) {
    return Stream.of(
            state == null ? Optional.<Instant>empty() : Rollouts.next(state, now), orders.again())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  @Override
  public void close() {
    check.close();
    measures.close();
  }
}
