package io.warmgate.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealKube(controllers = "garbage-collector-controller")
class KubeApiServerIT {
  private final KubeApiServer server;

  KubeApiServerIT(KubeApiServer server) {
    this.server = server;
  }

  @Test
  void isAKubernetesOfTheVersionThatIsPinned() {
    assertThat(server.client().getKubernetesVersion().getMajor()).isEqualTo("1");
    assertThat(Integer.parseInt(server.client().getKubernetesVersion().getMinor()))
        .isGreaterThanOrEqualTo(34);
  }

  /** RBAC is on: a service account without a role may do nothing. */
  @Test
  void aServiceAccountHasTheRightsThatItWasGiven() {
    server
        .client()
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName("nobody").endMetadata().build())
        .inNamespace("default")
        .create();
    try (KubernetesClient nobody = server.clientFor("default", "nobody")) {
      assertThatThrownBy(() -> nobody.configMaps().inNamespace("default").list())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("system:serviceaccount:default:nobody");
    }
  }

  @Test
  void theControllersThatWereAskedForRun() {
    ConfigMap owner =
        create(new ConfigMapBuilder().withNewMetadata().withName("owner").endMetadata().build());
    ConfigMap owned =
        create(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("owned")
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("owner")
                .withUid(owner.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .build());
    server.client().resource(owner).delete();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.client().resource(owned).get() == null);
  }

  @Test
  void aFolderKeepsWhatWasWritten(@TempDir Path folder) {
    try (KubeApiServer first = KubeApiServer.startIn(folder)) {
      first
          .client()
          .resource(new ConfigMapBuilder().withNewMetadata().withName("kept").endMetadata().build())
          .inNamespace("default")
          .create();
    }
    try (KubeApiServer second = KubeApiServer.startIn(folder)) {
      assertThat(second.client().configMaps().inNamespace("default").withName("kept").get())
          .isNotNull();
    }
  }

  private ConfigMap create(ConfigMap map) {
    return server.client().resource(map).inNamespace("default").create();
  }
}
