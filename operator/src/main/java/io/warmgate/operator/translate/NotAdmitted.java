package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.ConsumerGatewayRef;
import io.warmgate.operator.snapshot.ReferenceGrants;

/**
 * A consumer that names a gateway of another namespace which lets nobody of the consumer's in.
 * Whether there is such a gateway is not told to who may not know (GEP-709).
 */
public final class NotAdmitted {
  private NotAdmitted() {}

  /** What the consumer's author reads of that. */
  public static String message(ApiConsumer consumer) {
    ConsumerGatewayRef ref = consumer.getSpec().gatewayRef();
    String own = consumer.getMetadata().getNamespace();
    String other = ref.namespaceFor(own);
    return ("spec.gatewayRef: namespace '%s' has no ApiGateway '%s', or no ReferenceGrant from"
            + " {group: warmgate.io, kind: ApiConsumer, namespace: %s}"
            + " to {group: warmgate.io, kind: ApiGateway}")
        .formatted(other, ref.name(), own);
  }

  /**
   * @param grants which do not let the consumer in
   */
  static Finding finding(ApiConsumer consumer, ReferenceGrants grants) {
    String cure =
        switch (grants) {
          case ReferenceGrants.Known _ -> "";
          case ReferenceGrants.NotServed() ->
              ". The API server has no kind ReferenceGrant"
                  + " (gateway.networking.k8s.io/v1beta1): install Gateway API's CRDs";
          case ReferenceGrants.NotReadable() ->
              ". The operator may not list ReferenceGrants there: its chart's Roles let it";
        };
    return new Finding(
        ObjectKey.of(consumer),
        ConditionType.ACCEPTED,
        ConditionReason.REF_NOT_PERMITTED,
        message(consumer) + cure);
  }
}
