package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.warmgate.crd.v1alpha1.RedisCacheSpec;
import io.warmgate.operator.snapshot.RedisNames;
import io.warmgate.operator.snapshot.RedisSnapshot;
import java.util.Objects;

/** The pod of a Standalone server: started again, empty, when its configuration changes. */
final class RedisStatefulSet {
  /** The user of the official images of Redis and Valkey. */
  private static final long USER = 999;

  private static final String CONFIG_HASH = "warmgate.io/config-hash";
  private static final String PORT_NAME = "redis";

  private RedisStatefulSet() {}

  static StatefulSet of(RedisSnapshot snapshot, Meta meta, String config) {
    String name = RedisNames.objects(snapshot.redis());
    return new StatefulSetBuilder()
        .withMetadata(meta.named(name))
        .withNewSpec()
        .withReplicas(1)
        .withServiceName(name)
        .withRevisionHistoryLimit(2)
        .withNewSelector()
        .withMatchLabels(meta.selector())
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(meta.labels())
        .addToAnnotations(CONFIG_HASH, RedisConfig.hash(config))
        .endMetadata()
        .withNewSpec()
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(10L)
        .withSecurityContext(Hardening.pod(USER))
        .withContainers(container(snapshot))
        .addNewVolume()
        .withName("config")
        .withNewSecret()
        .withSecretName(name)
        .withDefaultMode(0440)
        .addNewItem()
        .withKey(RedisConfig.FILE)
        .withPath(RedisConfig.FILE)
        .endItem()
        .endSecret()
        .endVolume()
        .addNewVolume()
        .withName("data")
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** No command: the images' entry points take the file, each with its own server. */
  private static Container container(RedisSnapshot snapshot) {
    RedisCacheSpec spec = snapshot.redis().getSpec();
    return new ContainerBuilder()
        .withName("redis")
        .withImage(Objects.requireNonNullElse(spec.image(), snapshot.image()))
        .withArgs(RedisConfig.FOLDER + "/" + RedisConfig.FILE)
        .addNewPort()
        .withName(PORT_NAME)
        .withContainerPort(RedisNames.PORT)
        .withProtocol("TCP")
        .endPort()
        .withResources(
            spec.resources() == null
                ? Memory.forRedis(RedisConfig.maxMemoryBytes(spec))
                : spec.resources())
        .withSecurityContext(Hardening.container())
        .withReadinessProbe(probe(2, 2))
        .withLivenessProbe(probe(10, 6))
        .addNewVolumeMount()
        .withName("config")
        .withMountPath(RedisConfig.FOLDER)
        .withReadOnly(true)
        .endVolumeMount()
        .addNewVolumeMount()
        .withName("data")
        .withMountPath("/data")
        .endVolumeMount()
        .build();
  }

  private static Probe probe(int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewTcpSocket()
        .withPort(new IntOrString(PORT_NAME))
        .endTcpSocket()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(2)
        .withFailureThreshold(failures)
        .build();
  }
}
