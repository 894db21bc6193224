package io.warmgate.operator.translate;

import io.warmgate.config.Access;
import io.warmgate.config.Backend;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Listener;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.operator.rollout.Sides;
import io.warmgate.operator.snapshot.ServiceKey;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.source.Problem;
import io.warmgate.operator.source.WarmSources;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Users' resources into what a gateway's pods do. The same snapshot gives the same bytes.
 *
 * <p>Bad input changes nothing: a route, listener or setting that cannot be used as it is written
 * goes on as the current revision has it, and is left out where that has none. What is wrong with
 * one object never touches another. How much of an object is set aside:
 *
 * <ul>
 *   <li>an invalid field: the whole route, listener or group of settings;
 *   <li>a match that an older route claims on the same listener and host: that match there alone
 *       ({@link Claims});
 *   <li>a backend that is not there: that {@code backendRef} alone; where it was the rule's last,
 *       the rule goes on with the backends it had, or answers 500 ({@link RuleCompiler}).
 * </ul>
 */
public final class Translator {
  private Translator() {}

  /** Translates a snapshot by itself: what runs goes on where what is written is a release. */
  public static Translation translate(Snapshot snapshot) {
    return translate(snapshot, Map.of(), null, new RouteMemo());
  }

  /**
   * The recipe.
   *
   * @param sides by route, {@code namespace/name}: which releases have which share. Where nothing
   *     is said the release that runs goes on
   * @param pods which of the gateway's pod templates has which share; null: there is one
   * @param memo of the gateway's last translation: what comes out does not depend on it
   */
  public static Translation translate(
      Snapshot snapshot, Map<String, Sides> sides, @Nullable Sides pods, RouteMemo memo) {
    Findings findings = new Findings();
    Running running = new Running(snapshot.fleet());
    Values values = new Values(snapshot);
    Certificates certificates = new Certificates(values);
    List<Listener> listeners =
        new ListenerCompiler(snapshot, values, certificates, running, findings).compileAll();
    AllowedPeers.check(snapshot.gateway(), findings);
    Issuers issuers = Issuers.compile(snapshot, values, certificates, running, findings);
    PolicyBook policies = PolicyBook.of(snapshot, findings);
    BackendCompiler backends = new BackendCompiler(snapshot, values, certificates);
    Models models =
        Models.compile(
            snapshot, new ModelCompiler(snapshot, values, backends), running, values, findings);
    RuleCompiler rules =
        new RuleCompiler(new Origins(backends, models), policies, running, issuers, findings);
    Kept kept =
        new Kept(
            running,
            values,
            issuers,
            models,
            RolloutCompiler.of(snapshot.gateway().getSpec().rollout()));
    List<SideCompiler.Outcome> outcomes =
        new SideCompiler(running, values, issuers, models, findings)
            .compileAll(
                new RouteCompiler(snapshot, listeners, rules, kept, findings).compileAll(memo),
                sides);
    List<CompiledRoute> compiled = outcomes.stream().map(SideCompiler.Outcome::route).toList();
    List<CompiledRoute> routes = Claims.settle(compiled, listeners, findings);
    List<CompiledConsumer> consumers =
        new ConsumerCompiler(snapshot, values, issuers, findings).compileAll();
    Optional<GatewaySettings> settings =
        GatewaySettings.compile(snapshot, values, running, findings);
    if (listeners.isEmpty() || settings.isEmpty()) {
      return new Translation(
          null,
          findings.list(),
          new SecretValues(Map.of()),
          new TreeSet<>(),
          Map.of(),
          Inclusion.nothing(),
          WarmSources.nothing(),
          consumers,
          models.versions());
    }
    GatewayConfig config =
        settings
            .get()
            .with(
                listeners,
                routes,
                HandoverCompiler.compile(snapshot.gateway(), pods),
                new Access(
                    issuers.list(),
                    consumers.stream()
                        .map(CompiledConsumer::consumer)
                        .filter(Objects::nonNull)
                        .toList()),
                models);
    WarmSources sources = WarmSources.of(snapshot, config, memo.lists());
    sources
        .problems()
        .forEach((policy, problems) -> problems.forEach(any -> unresolved(policy, any, findings)));
    return new Translation(
        config,
        findings.list(),
        values.neededBy(config),
        services(config),
        outcomes.stream()
            .map(SideCompiler.Outcome::release)
            .collect(Collectors.toMap(RouteRelease::route, release -> release)),
        new Included(snapshot, config, models).of(routes, policies, findings.list()),
        sources,
        consumers,
        models.versions());
  }

  private static void unresolved(CachePolicy policy, Problem problem, Findings findings) {
    findings.add(
        ObjectKey.of(policy),
        problem.reason() == ConditionReason.INVALID
            ? ConditionType.ACCEPTED
            : ConditionType.RESOLVED_REFS,
        problem.reason(),
        problem.message());
  }

  private static NavigableSet<ServiceKey> services(GatewayConfig config) {
    NavigableSet<ServiceKey> services = new TreeSet<>();
    for (Backend backend : config.backends()) {
      if (backend.target() instanceof Backend.Service service) {
        services.add(ServiceKey.parse(service.key()));
      }
    }
    return services;
  }
}
