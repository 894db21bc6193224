package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiConsumerStatus;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicyStatus;
import io.warmgate.crd.v1alpha1.CacheTarget;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.ConsumerGatewayRef;
import io.warmgate.crd.v1alpha1.ParentRef;
import io.warmgate.operator.translate.NotAdmitted;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What users read of objects that no gateway has: those whose gateway or targets do not exist, so
 * that no gateway's report tells of them. A gateway may get one in this moment, and say something
 * else of it: what is said here holds only of the object as it was seen.
 */
public final class Unattached {
  private static final String NOBODY = "No gateway serves it: see Accepted";

  private Unattached() {}

  /** A route whose parent does not exist. */
  public static ObjectStatus<ApiRouteStatus> route(ApiRoute route, Instant now) {
    ApiRouteStatus before = route.getStatus();
    Conditions conditions =
        new Conditions(route, before == null ? List.of() : before.conditions(), now);
    String parents =
        route.getSpec().parentRefs().stream()
            .map(ParentRef::name)
            .collect(Collectors.joining(", "));
    conditions
        .no(
            ConditionType.ACCEPTED,
            ConditionReason.NO_MATCHING_PARENT,
            "spec.parentRefs: ApiGateway '" + parents + "' does not exist in this namespace")
        .no(ConditionType.PROGRAMMED, ConditionReason.INVALID, NOBODY);
    ApiRouteStatus status =
        new ApiRouteStatus(conditions.generation(), List.of(), null, conditions.list());
    return new ObjectStatus<>(conditions.object(), status, !status.equals(before), false)
        .ifStill(route);
  }

  /** A consumer whose gateway does not exist. */
  public static ObjectStatus<ApiConsumerStatus> consumer(ApiConsumer consumer, Instant now) {
    ApiConsumerStatus before = consumer.getStatus();
    Conditions conditions =
        new Conditions(consumer, before == null ? List.of() : before.conditions(), now);
    String own = consumer.getMetadata().getNamespace();
    ConsumerGatewayRef ref = consumer.getSpec().gatewayRef();
    if (ref.namespaceFor(own).equals(own)) {
      conditions.no(
          ConditionType.ACCEPTED,
          ConditionReason.TARGET_NOT_FOUND,
          "spec.gatewayRef: ApiGateway '%s' does not exist in this namespace"
              .formatted(ref.name()));
    } else {
      conditions.no(
          ConditionType.ACCEPTED, ConditionReason.REF_NOT_PERMITTED, NotAdmitted.message(consumer));
    }
    conditions.no(ConditionType.PROGRAMMED, ConditionReason.INVALID, NOBODY);
    ApiConsumerStatus status =
        new ApiConsumerStatus(
            conditions.generation(), null, null, List.of(), List.of(), conditions.list());
    return new ObjectStatus<>(conditions.object(), status, !status.equals(before), false)
        .ifStill(consumer);
  }

  /** A model that no route of a gateway names. */
  public static ObjectStatus<AiModelBackendStatus> model(AiModelBackend model, Instant now) {
    AiModelBackendStatus before = model.getStatus();
    Conditions conditions =
        new Conditions(model, before == null ? List.of() : before.conditions(), now);
    conditions
        .yes(
            ConditionType.ACCEPTED,
            ConditionReason.ACCEPTED,
            "Its Secrets are looked for when a route names it")
        .no(
            ConditionType.PROGRAMMED,
            ConditionReason.PENDING,
            "No ApiRoute with a gateway names it in its backendRefs");
    AiModelBackendStatus status =
        new AiModelBackendStatus(
            conditions.generation(),
            model.getSpec().title(),
            before == null ? List.of() : before.models(),
            before == null ? null : before.contextWindow(),
            before == null ? null : before.usage(),
            List.of(),
            conditions.list());
    return new ObjectStatus<>(conditions.object(), status, !status.equals(before), false)
        .ifStill(model);
  }

  /** A policy none of whose targets exists, or whose targets have no gateway. */
  public static ObjectStatus<CachePolicyStatus> policy(CachePolicy policy, Instant now) {
    CachePolicyStatus before = policy.getStatus();
    Conditions conditions =
        new Conditions(policy, before == null ? List.of() : before.conditions(), now);
    String targets =
        policy.getSpec().targetRefs().stream()
            .map(CacheTarget::name)
            .collect(Collectors.joining(", "));
    conditions
        .no(
            ConditionType.ACCEPTED,
            ConditionReason.TARGET_NOT_FOUND,
            "spec.targetRefs: none of " + targets + " is there and attached to a gateway")
        .no(ConditionType.PROGRAMMED, ConditionReason.INVALID, NOBODY);
    CachePolicyStatus status =
        new CachePolicyStatus(conditions.generation(), null, conditions.list());
    return new ObjectStatus<>(conditions.object(), status, !status.equals(before), false)
        .ifStill(policy);
  }
}
