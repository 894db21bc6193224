package io.warmgate.operator.reconcile;

import io.warmgate.config.admin.EndpointSets;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.operator.fleet.AdminCredentials;
import io.warmgate.operator.fleet.GatewayPod;
import io.warmgate.operator.fleet.PodView;
import io.warmgate.operator.fleet.Target;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.gather.Gatherer;
import io.warmgate.operator.identity.AdminIdentity;
import io.warmgate.operator.manifest.GatewayManifests;
import io.warmgate.operator.manifest.GatewayNames;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.FingerprintKey;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.OperatorFacts;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.snapshot.WrittenRevisions;
import io.warmgate.operator.translate.Minting;
import io.warmgate.operator.translate.SecretReader;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.translate.Translator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a gateway's reconcile, in the order in which {@link GatewayReconciler} takes them.
 */
public final class GatewaySteps {
  /** What a rollout comes to at once is looked at again: at most so often. */
  private static final int MAX_LOOKS = 4;

  private final Gatherer gatherer;
  private final Installation installation;
  private final Applier applier;
  private final Reporter reporter;

  public GatewaySteps(
      Gatherer gatherer, Installation installation, Applier applier, Reporter reporter) {
    this.gatherer = gatherer;
    this.installation = installation;
    this.applier = applier;
    this.reporter = reporter;
  }

  /** The gateway as it is now; empty where it is gone. */
  Optional<ApiGateway> gateway(GatewayKey key) {
    return gatherer.gateway(key);
  }

  /** Says what the operator has to be allowed. */
  void unreadable(ApiGateway gateway, Instant now) {
    reporter.unreadable(
        gateway,
        new SecretReader(
            gateway.getMetadata().getNamespace(), installation.account(), installation.namespace()),
        now);
  }

  /** Certificate and tokens: made where they are missing, renewed before they end. */
  void identify(ApiGateway gateway, GatewayState state, Instant now) {
    Map<String, byte[]> known = state.admin.read(gateway);
    AdminIdentity identity =
        AdminIdentity.ensure(
            known,
            GatewayNames.adminHosts(
                gateway.getMetadata().getNamespace(), gateway.getMetadata().getName()),
            now);
    state.admin.write(gateway, identity.data());
    state.fleet.trust(new AdminCredentials(identity.trusted(), identity.operatorToken()));
    state.fleet.pods(gatherer.pods(GatewayKey.of(gateway)));
  }

  /** Everything that matters, as the informers have it now. */
  Snapshot gather(ApiGateway gateway, GatewayState state) {
    GatewayKey key = GatewayKey.of(gateway);
    state.revisions.load(gateway);
    WrittenRevisions revisions = state.revisions.written();
    Attachments attachments = gatherer.attachments(key);
    AdminIdentity identity = new AdminIdentity(state.admin.read(gateway));
    return new Snapshot(
        gateway,
        attachments,
        gatherer.references(gateway, attachments, revisions.current(), state.keys.unlabelled()),
        new Fleet(
            revisions,
            new SecretValues(state.values.read(gateway)),
            seen(state.fleet.pods()),
            state.fleet.traffic().sum(System.nanoTime()),
            state.fleet.traffic().models(),
            state.fleet.traffic().credentials(),
            state.fleet.traffic().versions(),
            gatherer.workload(key)),
        new OperatorFacts(
            installation.runtimeImage(),
            installation.redisImage(),
            installation.namespace(),
            installation.account(),
            new FingerprintKey(identity.fingerprintKey()),
            installation.models()));
  }

  private static List<PodSeen> seen(List<PodView> pods) {
    return pods.stream()
        .map(
            pod ->
                new PodSeen(
                    pod.pod().name(),
                    pod.pod().uid(),
                    pod.answering(),
                    pod.state(),
                    pod.problem(),
                    pod.refused(),
                    new PodSeen.Place(
                        pod.pod().side(),
                        pod.pod().containers() == GatewayPod.Containers.RUNNING,
                        pod.pod().waits())))
        .toList();
  }

  /**
   * Users' resources into what the pods do, with every rollout as far as it can go now. What
   * follows of one is written to its status before it is acted on.
   */
  Translation translate(Snapshot snapshot, GatewayState state, Instant now) {
    state.rollouts.meet(snapshot, now);
    state.podsRollout.meet(snapshot, now);
    Translation translation = translate(snapshot, state);
    for (int looks = 0; looks < MAX_LOOKS; looks++) {
      List<Rollouts.Change> changes = advance(snapshot, translation, state, now);
      if (changes.isEmpty()) {
        break;
      }
      for (Rollouts.Change change : changes) {
        reporter.rollout(change, now);
        change.stands().run();
      }
      translation = translate(snapshot, state);
    }
    state.warmers.keep(
        Stream.concat(state.rollouts.warmed().stream(), state.podsRollout.warmed().stream())
            .collect(Collectors.toSet()));
    return translation;
  }

  private static Translation translate(Snapshot snapshot, GatewayState state) {
    return Translator.translate(
        snapshot, state.rollouts.sides(), state.podsRollout.sides(), state.routes);
  }

  /** Requests move between releases, or between pods: not both at a time. */
  private static List<Rollouts.Change> advance(
      Snapshot snapshot, Translation translation, GatewayState state, Instant now) {
    String pods = state.podsRollout.shifting() ? "the rollout of the gateway's pods" : null;
    List<Rollouts.Change> changes =
        new ArrayList<>(state.rollouts.advance(snapshot, translation, pods, now));
    String route =
        state.rollouts.shifting().map(name -> "the rollout of ApiRoute " + name).orElse(null);
    state.podsRollout.advance(snapshot, translation, route, now).ifPresent(changes::add);
    return changes;
  }

  /** Writes what is new: values first, so that who finds the revision finds what it names. */
  Minting mint(Snapshot snapshot, Translation translation, GatewayState state) {
    Minting minting = Minting.next(snapshot, translation.config());
    keepValues(snapshot, translation, state, minting);
    if (minting instanceof Minting.Minted(var revision)) {
      state.revisions.mint(snapshot.gateway(), revision);
    }
    MintedRevision written = state.revisions.current();
    if (written != null) {
      state.rollouts.minted(written);
      state.podsRollout.minted(written);
      state.forgetTrafficOfChanged(written);
    }
    if (written != null && written.config().equals(translation.config())) {
      state.containment =
          state.containment.with(written.number(), snapshot, translation.inclusion());
    }
    return minting;
  }

  /** Pods that refuse the current revision start from the acknowledged one: its values stay too. */
  private static void keepValues(
      Snapshot snapshot, Translation translation, GatewayState state, Minting minting) {
    if (translation.config() == null || minting instanceof Minting.TooLarge) {
      return;
    }
    MintedRevision current = state.revisions.current();
    boolean settled =
        minting instanceof Minting.Unchanged
            && current != null
            && current.number() == state.revisions.acknowledged();
    Map<String, byte[]> kept =
        new HashMap<>(settled ? Map.of() : snapshot.fleet().heldValues().values());
    kept.putAll(translation.values().values());
    state.values.write(snapshot.gateway(), kept);
  }

  /** Tells the pods at once. */
  void push(Snapshot snapshot, Translation translation, GatewayState state) {
    GatewayKey key = GatewayKey.of(snapshot.gateway());
    MintedRevision current = state.revisions.current();
    Target before = state.fleet.target();
    state.revocations.follow(
        state.revisions.written(), () -> state.revisions.readAcknowledged(snapshot.gateway()));
    EndpointSets endpoints =
        gatherer
            .endpoints(key, translation.services(), snapshot.references().services())
            .map(services -> state.endpoints(services, knownVersion(snapshot), now()))
            .orElseGet(state::endpoints);
    state.fleet.target(
        new Target(
            current == null ? null : document(before, current),
            values(before, translation, current, state, snapshot),
            endpoints,
            before.purges(),
            state.revocations.orders(),
            pods(current, snapshot)));
  }

  /** Null where nobody's share depends on it: a pod that is older than limits is not told. */
  private static @Nullable Integer pods(@Nullable MintedRevision current, Snapshot snapshot) {
    if (current == null || !current.config().hasLimits()) {
      return null;
    }
    return Math.max(1, snapshot.fleet().answering().size());
  }

  private static Target.Document document(Target before, MintedRevision current) {
    Target.Document sent = before.current();
    return sent != null
            && sent.number() == current.number()
            && sent.hash().equals(current.revision().hash())
        ? sent
        : Target.Document.of(current.revision());
  }

  /** Those of the current revision: all that the Secret holds, where the translation is another. */
  private static Target.Values values(
      Target before,
      Translation translation,
      @Nullable MintedRevision current,
      GatewayState state,
      Snapshot snapshot) {
    boolean same = current != null && current.config().equals(translation.config());
    SecretValues needed =
        same ? translation.values() : new SecretValues(state.values.read(snapshot.gateway()));
    return before.values().fingerprints().equals(List.copyOf(needed.values().keySet()))
        ? before.values()
        : Target.Values.of(needed);
  }

  private static long knownVersion(Snapshot snapshot) {
    return snapshot.fleet().pods().stream()
        .map(PodSeen::state)
        .filter(Objects::nonNull)
        .mapToLong(pod -> pod.endpointsVersion())
        .max()
        .orElse(0);
  }

  private static long now() {
    return Instant.now().toEpochMilli();
  }

  /** The objects that run it. */
  void apply(Snapshot snapshot, GatewayState state) {
    GatewayManifests manifests =
        GatewayManifests.of(
            snapshot.gateway(),
            snapshot.facts(),
            state.podsRollout.plan(),
            snapshot.fleet().workload().sides());
    applier.apply(manifests.wanted());
    manifests
        .scaled()
        .forEach(side -> applier.scale(snapshot.namespace(), side.deployment(), side.replicas()));
    String owner = snapshot.gateway().getMetadata().getUid();
    manifests.unwanted().forEach(key -> applier.delete(key, owner));
  }

  /** Statuses, Events and purges. */
  Optional<Instant> report(
      Snapshot snapshot,
      Translation translation,
      Minting minting,
      GatewayState state,
      Instant now) {
    Optional<Instant> again = reporter.report(snapshot, translation, minting, state, now);
    state.watchTraffic(snapshot);
    return again;
  }

  /** What every answering pod took is what pods fall back to. */
  void acknowledge(ApiGateway gateway, GatewayState state) {
    MintedRevision current = state.revisions.current();
    if (current == null) {
      return;
    }
    List<PodView> answering = state.fleet.pods().stream().filter(PodView::answering).toList();
    if (!answering.isEmpty() && answering.stream().allMatch(pod -> pod.serves(current.number()))) {
      state.revisions.acknowledge(gateway);
    }
  }
}
