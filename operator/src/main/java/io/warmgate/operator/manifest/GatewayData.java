package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.crd.v1alpha1.ApiGateway;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

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

  private static ConfigMap revision(ApiGateway gateway, String name, Revision revision) {
    return new ConfigMapBuilder()
        .withMetadata(Meta.ofGateway(gateway).named(name))
        .addToData(Revision.FILE, new String(revision.toJson(), StandardCharsets.UTF_8))
        .build();
  }

  /** Secret {@code <gateway>-values}: one key a value, named by its fingerprint. */
  public static Secret values(ApiGateway gateway, SecretValues values) {
    return secret(gateway, GatewayNames.values(gateway.getMetadata().getName()), values.values());
  }

  private static Secret secret(ApiGateway gateway, String name, Map<String, byte[]> data) {
    Map<String, String> encoded = new TreeMap<>();
    data.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value)));
    return new SecretBuilder()
        .withMetadata(Meta.ofGateway(gateway).named(name))
        .withType("Opaque")
        .withData(encoded)
        .build();
  }
}
