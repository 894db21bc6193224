package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiConsumerStatus;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.GrantState;
import io.warmgate.crd.v1alpha1.RouteGrant;
import io.warmgate.operator.translate.CompiledConsumer;
import io.warmgate.operator.translate.Finding;
import java.util.List;

/** What a consumer's author reads: which keys pods know, and which routes it may call. */
final class ConsumerStatus {
  private ConsumerStatus() {}

  /**
   * @param conditions of the consumer, empty so far
   * @param findings the consumer's own
   */
  static ObjectStatus<ApiConsumerStatus> of(
      ApiConsumer consumer,
      CompiledConsumer compiled,
      Conditions conditions,
      Programming programming,
      List<Finding> findings) {
    conditions
        .found(ConditionType.ACCEPTED, findings, ConditionReason.ACCEPTED, "The gateway takes it")
        .found(
            ConditionType.RESOLVED_REFS,
            findings,
            ConditionReason.RESOLVED_REFS,
            "Everything it names is there");
    programming.set(conditions, findings);
    ApiConsumerStatus status =
        new ApiConsumerStatus(
            conditions.generation(),
            approved(compiled.routes()),
            compiled.keys().size(),
            compiled.routes(),
            compiled.keys(),
            conditions.list());
    return new ObjectStatus<>(
        conditions.object(), status, !status.equals(consumer.getStatus()), conditions.settled());
  }

  private static String approved(List<RouteGrant> routes) {
    long granted = routes.stream().filter(any -> any.state() == GrantState.GRANTED).count();
    return granted + "/" + routes.size();
  }
}
