package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiGatewayStatus;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.operator.translate.SecretReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What users read of a gateway whose own Secrets the operator may not keep: nothing can be made for
 * it, and what was made goes on as it is.
 */
public final class Unreadable {
  private Unreadable() {}

  public static ObjectStatus<ApiGatewayStatus> gateway(
      ApiGateway gateway, SecretReader reader, Instant now) {
    ApiGatewayStatus before = gateway.getStatus();
    List<Condition> had = before == null ? List.of() : before.conditions();
    Conditions conditions = new Conditions(gateway, had, now);
    conditions.no(
        ConditionType.RESOLVED_REFS,
        ConditionReason.SECRET_NOT_READABLE,
        "The operator keeps this gateway's certificate and values in Secrets of namespace '"
            + reader.namespace()
            + "' and may not use Secrets there; apply "
            + reader.roleBinding());
    List<Condition> all = new ArrayList<>(had);
    all.removeIf(condition -> condition.getType().equals(ConditionType.RESOLVED_REFS.wire()));
    all.addAll(conditions.list());
    ApiGatewayStatus status =
        before == null
            ? new ApiGatewayStatus(
                conditions.generation(), null, null, null, null, null, List.of(), List.of(), all)
            : new ApiGatewayStatus(
                conditions.generation(),
                before.replicas(),
                before.selector(),
                before.revision(),
                before.pods(),
                before.rollout(),
                before.listeners(),
                before.addresses(),
                all);
    return new ObjectStatus<>(conditions.object(), status, !status.equals(before), true);
  }
}
