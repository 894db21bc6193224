package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ReferenceGrantFrom;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ReferenceGrantTo;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.operator.snapshot.ReferenceGrants;
import io.warmgate.operator.snapshot.ReferenceGrants.Allowed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of ReferenceGrants is about ApiConsumers that name ApiGateways. */
final class GrantReading {
  private static final String GROUP = HasMetadata.getGroup(ApiGateway.class);
  private static final String CONSUMER = HasMetadata.getKind(ApiConsumer.class);
  private static final String GATEWAY = HasMetadata.getKind(ApiGateway.class);

  private GrantReading() {}

  /** Each {@code from} holds for each {@code to} of the same grant (GEP-709). */
  static ReferenceGrants of(List<ReferenceGrant> grants) {
    Set<Allowed> allowed = new HashSet<>();
    for (ReferenceGrant grant : grants) {
      if (grant.getSpec() == null) {
        continue; // its CRD does not ask for one
      }
      for (ReferenceGrantFrom from : grant.getSpec().getFrom()) {
        for (ReferenceGrantTo to : grant.getSpec().getTo()) {
          if (GROUP.equals(from.getGroup())
              && CONSUMER.equals(from.getKind())
              && GROUP.equals(to.getGroup())
              && GATEWAY.equals(to.getKind())) {
            boolean any = to.getName() == null || to.getName().isEmpty();
            allowed.add(new Allowed(from.getNamespace(), any ? null : to.getName()));
          }
        }
      }
    }
    return new ReferenceGrants.Known(allowed);
  }
}
