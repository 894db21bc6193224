package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ConsumerGatewayRef;

/** Names an {@code ApiGateway}. */
public record GatewayKey(String namespace, String name) {
  public static GatewayKey of(HasMetadata gateway) {
    return new GatewayKey(gateway.getMetadata().getNamespace(), gateway.getMetadata().getName());
  }

  /** That which a consumer names. */
  static GatewayKey namedBy(ApiConsumer consumer) {
    ConsumerGatewayRef ref = consumer.getSpec().gatewayRef();
    return new GatewayKey(ref.namespaceFor(consumer.getMetadata().getNamespace()), ref.name());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
