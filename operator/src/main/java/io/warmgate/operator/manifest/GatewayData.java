package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.warmgate.config.Revision;
import io.warmgate.crd.v1alpha1.ApiGateway;
import java.nio.charset.StandardCharsets;

/** The objects that carry a gateway's data into its pods. */
public final class GatewayData {
  private GatewayData() {}

  /** ConfigMap {@code <gateway>-current}. */
  public static ConfigMap current(ApiGateway gateway, Revision revision) {
    return revision(gateway, GatewayNames.current(gateway.getMetadata().getName()), revision);
  }

  /** ConfigMap {@code <gateway>-acknowledged}. */
  public static ConfigMap acknowledged(ApiGateway gateway, Revision revision) {
    return revision(gateway, GatewayNames.acknowledged(gateway.getMetadata().getName()), revision);
  }

  /** An empty ConfigMap of the same name. */
  public static ConfigMap place(ConfigMap wanted) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(wanted.getMetadata().getNamespace())
        .withName(wanted.getMetadata().getName())
        .endMetadata()
        .build();
  }

  private static ConfigMap revision(ApiGateway gateway, String name, Revision revision) {
    return new ConfigMapBuilder()
        .withMetadata(Meta.ofGateway(gateway).named(name))
        .addToData(Revision.FILE, new String(revision.toJson(), StandardCharsets.UTF_8))
        .build();
  }
}
