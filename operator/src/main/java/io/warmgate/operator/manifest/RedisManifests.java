package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.warmgate.operator.snapshot.Labels;
import io.warmgate.operator.snapshot.RedisNames;
import io.warmgate.operator.snapshot.RedisSnapshot;
import java.util.List;
import java.util.Map;

/** The objects of a Standalone RedisCache: one server, without persistence. */
public final class RedisManifests {
  private RedisManifests() {}

  /**
   * To be applied, in this order. An External RedisCache has none.
   *
   * @param password minted once, and kept: letters and digits
   */
  public static List<HasMetadata> of(RedisSnapshot snapshot, String password) {
    return switch (snapshot.redis().getSpec().mode()) {
      case EXTERNAL -> List.of();
      case STANDALONE -> {
        Meta meta = Meta.ofRedis(snapshot.redis());
        String config = RedisConfig.of(snapshot.redis().getSpec(), password);
        String name = RedisNames.objects(snapshot.redis());
        yield List.of(
            secret(meta, name, password, config),
            networkPolicy(meta, name, snapshot.gatewayNames()),
            service(meta, name),
            RedisStatefulSet.of(snapshot, meta, config));
      }
    };
  }

  private static Secret secret(Meta meta, String name, String password, String config) {
    return new SecretBuilder()
        .withMetadata(meta.named(name))
        .withType("Opaque")
        .addToData(RedisNames.PASSWORD, RedisConfig.base64(password))
        .addToData(RedisConfig.FILE, RedisConfig.base64(config))
        .build();
  }

  private static Service service(Meta meta, String name) {
    return new ServiceBuilder()
        .withMetadata(meta.named(name))
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(meta.selector())
        .addNewPort()
        .withName("redis")
        .withPort(RedisNames.PORT)
        .withTargetPort(new IntOrString(RedisNames.PORT))
        .withProtocol("TCP")
        .endPort()
        .endSpec()
        .build();
  }

  /** Only pods of gateways that refer to it; nobody where none does. */
  private static NetworkPolicy networkPolicy(Meta meta, String name, List<String> gateways) {
    NetworkPolicyBuilder policy =
        new NetworkPolicyBuilder()
            .withMetadata(meta.named(name))
            .withNewSpec()
            .withNewPodSelector()
            .withMatchLabels(meta.selector())
            .endPodSelector()
            .withPolicyTypes("Ingress")
            .endSpec();
    for (String gateway : gateways) {
      policy
          .editSpec()
          .addNewIngress()
          .addNewFrom()
          .withNewPodSelector()
          .withMatchLabels(Map.of(Labels.GATEWAY, gateway))
          .endPodSelector()
          .endFrom()
          .addNewPort()
          .withProtocol("TCP")
          .withPort(new IntOrString(RedisNames.PORT))
          .endPort()
          .endIngress()
          .endSpec();
    }
    return policy.build();
  }
}
