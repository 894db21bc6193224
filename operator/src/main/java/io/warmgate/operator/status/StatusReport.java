package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.config.Model;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiConsumerStatus;
import io.warmgate.crd.v1alpha1.ApiGatewayStatus;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicyStatus;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.ModelEntry;
import io.warmgate.crd.v1alpha1.ModelEntryStatus;
import io.warmgate.crd.v1alpha1.ModelPrice;
import io.warmgate.crd.v1alpha1.ScheduledWarmups;
import io.warmgate.operator.snapshot.AttachedModel;
import io.warmgate.operator.snapshot.AttachedPolicy;
import io.warmgate.operator.snapshot.ModelCatalogue;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.translate.Finding;
import io.warmgate.operator.translate.Minting;
import io.warmgate.operator.translate.ObjectKey;
import io.warmgate.operator.translate.Translation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway's users read next: of the gateway, its routes, policies, consumers and models.
 * Invalidations are {@link Invalidations}', a RedisCache is {@link RedisReport}'s.
 *
 * @param consumers in the order of the snapshot
 * @param models what it says of them; other gateways may have their say, too ({@link ModelStatus})
 * @param notices Events, for conditions that became others: to be written with the status that they
 *     are of
 */
public record StatusReport(
    ObjectStatus<ApiGatewayStatus> gateway,
    List<ObjectStatus<ApiRouteStatus>> routes,
    List<ObjectStatus<CachePolicyStatus>> policies,
    List<ObjectStatus<ApiConsumerStatus>> consumers,
    List<ModelView> models,
    List<Notice> notices) {
  public StatusReport {
    routes = List.copyOf(routes);
    policies = List.copyOf(policies);
    consumers = List.copyOf(consumers);
    models = List.copyOf(models);
    notices = List.copyOf(notices);
  }

  /**
   * @param minting what came of {@code translation}
   * @param containment up to date with the current revision
   */
  public static StatusReport of(
      Snapshot snapshot,
      Translation translation,
      Minting minting,
      Containment containment,
      RolloutStatuses rollouts,
      Instant now) {
    return of(snapshot, translation, minting, containment, new Progress(rollouts, Map.of()), now);
  }

  /**
   * What goes on by itself.
   *
   * @param warmups by policy: of those with a schedule
   */
  public record Progress(RolloutStatuses rollouts, Map<ObjectKey, ScheduledWarmups> warmups) {}

  /**
   * @param minting what came of {@code translation}
   * @param containment up to date with the current revision
   */
  public static StatusReport of(
      Snapshot snapshot,
      Translation translation,
      Minting minting,
      Containment containment,
      Progress progress,
      Instant now) {
    return new Writer(snapshot, translation, minting, containment, progress, now).write();
  }

  /** Writes one report. */
  private static final class Writer {
    private final Snapshot snapshot;
    private final Translation translation;
    private final Minting minting;
    private final Progress progress;
    private final Instant now;
    private final Programming programming;
    private final PolicyAdvice advice;
    private final Map<ObjectKey, List<Finding>> findings = new HashMap<>();
    private final List<Notice> notices = new ArrayList<>();

    Writer(
        Snapshot snapshot,
        Translation translation,
        Minting minting,
        Containment containment,
        Progress progress,
        Instant now) {
      this.snapshot = snapshot;
      this.progress = progress;
      this.translation = translation;
      this.minting = minting;
      this.now = now;
      this.advice = PolicyAdvice.of(snapshot, translation.config());
      this.programming = new Programming(snapshot, translation, minting, containment);
      for (Finding finding : translation.findings()) {
        findings.computeIfAbsent(finding.object(), any -> new ArrayList<>()).add(finding);
      }
    }

    StatusReport write() {
      List<ObjectStatus<ApiRouteStatus>> routes =
          snapshot.attachments().routes().stream().map(this::route).toList();
      List<ObjectStatus<CachePolicyStatus>> policies =
          snapshot.attachments().policies().stream()
              .map(AttachedPolicy::policy)
              .map(this::policy)
              .toList();
      List<ObjectStatus<ApiConsumerStatus>> consumers = consumers();
      GatewayStatus gateway =
          new GatewayStatus(
              snapshot, translation, minting, programming, progress.rollouts().pods(), now);
      ObjectStatus<ApiGatewayStatus> status = gateway.write(of(snapshot.gateway()), notices);
      List<ModelView> models = snapshot.attachments().models().stream().map(this::model).toList();
      return new StatusReport(status, routes, policies, consumers, models, notices);
    }

    private ObjectStatus<ApiRouteStatus> route(ApiRoute route) {
      ApiRouteStatus before = route.getStatus();
      Conditions conditions =
          new Conditions(route, before == null ? List.of() : before.conditions(), now);
      found(conditions, of(route), "The route is attached");
      ApiRouteStatus status =
          new ApiRouteStatus(
              conditions.generation(),
              translation
                  .inclusion()
                  .generations()
                  .getOrDefault(conditions.object().id(), List.of()),
              progress.rollouts().routes().get(conditions.object().id()),
              conditions.list());
      notices.addAll(conditions.notices());
      return new ObjectStatus<>(
          conditions.object(),
          status,
          !status.equals(before),
          conditions.settled()
              && !(before != null && status.equals(before.with(status.rollout()))));
    }

    private ObjectStatus<CachePolicyStatus> policy(CachePolicy policy) {
      CachePolicyStatus before = policy.getStatus();
      Conditions conditions =
          new Conditions(policy, before == null ? List.of() : before.conditions(), now);
      List<Finding> found = of(policy);
      conditions.found(
          ConditionType.ACCEPTED, found, ConditionReason.ACCEPTED, "The policy is in effect");
      if (!policy.getSpec().warmup().sources().isEmpty()) {
        conditions.found(
            ConditionType.RESOLVED_REFS,
            found,
            ConditionReason.RESOLVED_REFS,
            "Everything it names is there");
      }
      programming.set(conditions, found);
      Efficiency hits = advice.set(policy, conditions);
      CachePolicyStatus status =
          new CachePolicyStatus(
              conditions.generation(), hits.text(), warmups(policy), conditions.list());
      return report(conditions, status, !status.equals(before));
    }

    private List<ObjectStatus<ApiConsumerStatus>> consumers() {
      List<ObjectStatus<ApiConsumerStatus>> statuses = new ArrayList<>();
      List<ApiConsumer> consumers = snapshot.attachments().consumers();
      for (int i = 0; i < consumers.size(); i++) {
        ApiConsumer consumer = consumers.get(i);
        ApiConsumerStatus before = consumer.getStatus();
        Conditions conditions =
            new Conditions(consumer, before == null ? List.of() : before.conditions(), now);
        statuses.add(
            ConsumerStatus.of(
                consumer, translation.consumers().get(i), conditions, programming, of(consumer)));
        notices.addAll(conditions.notices());
      }
      return statuses;
    }

    /**
     * @param accepted what is said where nothing is wrong with it
     */
    private void found(Conditions conditions, List<Finding> found, String accepted) {
      conditions
          .found(ConditionType.ACCEPTED, found, ConditionReason.ACCEPTED, accepted)
          .found(
              ConditionType.RESOLVED_REFS,
              found,
              ConditionReason.RESOLVED_REFS,
              "Everything it names is there");
      programming.set(conditions, found);
    }

    private ModelView model(AttachedModel attached) {
      AiModelBackend model = attached.model();
      AiModelBackendStatus before = model.getStatus();
      Conditions conditions =
          new Conditions(model, before == null ? List.of() : before.conditions(), now);
      found(conditions, of(model), "It can be asked");
      String id = ObjectKey.of(model).id();
      return new ModelView(
          snapshot.name(),
          attached,
          conditions.list(),
          snapshot.fleet().models().stream()
              .filter(any -> Model.object(any.model()).equals(id))
              .toList(),
          CredentialWord.of(id, snapshot.fleet(), translation.config()),
          FoundNews.of(model, snapshot.name(), translation.versions()),
          model.getSpec().entries().stream().map(entry -> known(model.getSpec(), entry)).toList());
    }

    private ModelEntryStatus known(AiModelBackendSpec spec, ModelEntry entry) {
      Optional<ModelCatalogue.Known> listed = snapshot.facts().models().find(spec, entry.name());
      ModelPrice price = entry.price();
      return new ModelEntryStatus(
          entry.name(),
          listed.map(known -> known.model().context()).orElse(null),
          price == null
              ? listed.map(ModelCatalogue.Known::currency).orElse(null)
              : price.currency());
    }

    /** Where nothing is served, what was said stands. */
    private @Nullable ScheduledWarmups warmups(CachePolicy policy) {
      CachePolicyStatus before = policy.getStatus();
      ScheduledWarmups said =
          before == null || policy.getSpec().warmup().schedule() == null ? null : before.warmup();
      ScheduledWarmups now = progress.warmups().get(ObjectKey.of(policy));
      return now == null ? said : now;
    }

    private <S> ObjectStatus<S> report(Conditions conditions, S status, boolean changed) {
      notices.addAll(conditions.notices());
      return new ObjectStatus<>(conditions.object(), status, changed, conditions.settled());
    }

    private List<Finding> of(HasMetadata object) {
      return findings.getOrDefault(ObjectKey.of(object), List.of());
    }
  }
}
