package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.operator.check.Checks;
import io.warmgate.operator.fleet.Fleet;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.gather.Gatherer;
import io.warmgate.operator.manifest.GatewayNames;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.Labels;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.status.Containment;
import io.warmgate.operator.status.PolicyAdvice;
import io.warmgate.operator.translate.RouteMemo;
import io.warmgate.operator.warm.Warmers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operator keeps of one gateway between reconciles, and learns again after a restart: the
 * link to its pods, what was written, what holds which object since when.
 */
final class GatewayState implements AutoCloseable {
  /** How often pods are asked what they have counted. */
  private static final Duration TRAFFIC = Duration.ofSeconds(10);

  final String uid;
  final Fleet fleet;
  final Revisions revisions;
  final OwnSecret admin;
  final OwnSecret values;
  final OpenPurges purges;
  final OpenRevocations revocations;
  final Warmers warmers;
  final Rollouts rollouts;
  final PodsRollout podsRollout;
  final OpenWarmups warmups;
  final GeneratedKeys keys;
  final RouteMemo routes = new RouteMemo();
  Containment containment = Containment.nothing();
  private EndpointSets endpoints = new EndpointSets(0, Map.of());
  private Instant reported = Instant.EPOCH;
  private final Runnable changed;
  private final RuleChanges rules = new RuleChanges();
  private final UsageNews usage = new UsageNews();

  /** As of the last report; null before the first. */
  private volatile @Nullable Snapshot told;

  /**
   * @param changed runs when the pods have news
   */
  GatewayState(
      ApiGateway gateway,
      KubernetesClient client,
      Gatherer gatherer,
      Checks checks,
      Runnable changed) {
    GatewayKey key = GatewayKey.of(gateway);
    this.uid = gateway.getMetadata().getUid();
    this.changed = changed;
    this.fleet = new Fleet(changed);
    this.revisions = new Revisions(client, key.name());
    this.admin = new OwnSecret(client, gatherer, GatewayNames.admin(key.name()), Labels.GATEWAY);
    this.values = new OwnSecret(client, gatherer, GatewayNames.values(key.name()), Labels.GATEWAY);
    this.purges = new OpenPurges(fleet);
    this.revocations = new OpenRevocations(fleet::append);
    this.warmers = new Warmers(fleet::warmPods, changed);
    this.rollouts = new Rollouts(warmers, fleet::measure, checks);
    this.podsRollout = new PodsRollout(warmers, fleet::measure, new UserCheck(checks));
    this.warmups = new OpenWarmups(warmers, routes);
    this.keys = new GeneratedKeys(client);
  }

  /** Whether the last report is young enough for the next to wait for a change that has come. */
  boolean reportMayWait(Instant now) {
    return now.isBefore(reported.plus(StatusWriter.PATIENCE));
  }

  void reported(Instant now) {
    reported = now;
  }

  /**
   * The endpoint sets under their version: a higher one when they changed. Versions begin at the
   * time in milliseconds, so that pods take those of the next operator process too.
   *
   * @param known by the pods; 0 where they know none
   */
  EndpointSets endpoints(
      Map<String, List<EndpointSets.Endpoint>> services, long known, long nowMillis) {
    Map<String, List<EndpointSets.Endpoint>> sides = podsRollout.takers(fleet.pods());
    boolean first = endpoints.version() == 0;
    if (first || !endpoints.services().equals(services) || !endpoints.sides().equals(sides)) {
      long after = Math.max(endpoints.version(), known);
      endpoints = new EndpointSets(Math.max(after + 1, nowMillis), services, sides);
    }
    return endpoints;
  }

  EndpointSets endpoints() {
    return endpoints;
  }

  /** What rules were asked before they were cached in another way says nothing of the new one. */
  void forgetTrafficOfChanged(MintedRevision current) {
    rules.next(current).forEach(rule -> fleet.traffic().forget(rule.route(), rule.rule()));
  }

  /** Has pods asked what they count, where a policy or a model is there that it matters to. */
  void watchTraffic(Snapshot snapshot) {
    told = snapshot;
    Attachments attached = snapshot.attachments();
    boolean wanted = !attached.policies().isEmpty() || !attached.models().isEmpty();
    fleet.watchTraffic(wanted ? TRAFFIC : Duration.ZERO, this::heardTraffic);
  }

  private void heardTraffic() {
    Snapshot snapshot = told;
    if (snapshot == null) {
      return;
    }
    if (usage.isNews(fleet.traffic().models(), System.nanoTime())
        || !fleet.traffic().credentials().equals(snapshot.fleet().credentials())
        || VersionNews.isNews(snapshot, fleet.traffic().versions())
        || PolicyAdvice.isNews(snapshot, fleet.traffic().sum(System.nanoTime()))) {
      changed.run();
    }
  }

  @Override
  public void close() {
    rollouts.close();
    podsRollout.close();
    warmers.close();
    fleet.close();
  }
}
