package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names an {@code ApiGateway}. */
public record GatewayKey(String namespace, String name) {
  public static GatewayKey of(HasMetadata gateway) {
    return new GatewayKey(gateway.getMetadata().getNamespace(), gateway.getMetadata().getName());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
