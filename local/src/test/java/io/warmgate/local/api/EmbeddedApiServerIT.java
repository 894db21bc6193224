package io.warmgate.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.warmgate.local.api.object.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded API server as fabric8's client, over the JDK's HTTP client, uses it. */
@NullUnmarked
class EmbeddedApiServerIT {
  @TempDir private Path state;
  private EmbeddedApiServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server =
        EmbeddedApiServer.start(
            EmbeddedApiServer.Options.defaults()
                .withState(state)
                .withLogs(EmbeddedApiServerIT::log));
    client = connect();
  }

  private KubernetesClient connect() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(server.kubeconfig()))
        .build();
  }

  private static void log(PodLogs.Query query, PodLogs.Output output) {
    output.write(("said by " + query.container()).getBytes(StandardCharsets.UTF_8));
    output.end();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static ConfigMap map(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .addToData("k", "v")
        .build();
  }

  private static Pod pod(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("c")
        .withImage("i")
        .endContainer()
        .endSpec()
        .build();
  }

  @Test
  void anInformerSeesEveryChangeOverItsWebSocket() {
    client.resource(map("before")).create();
    SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("default").runnableInformer(0);
    try (informer) {
      informer.start().toCompletableFuture().join();
      client.resource(map("after")).create();
      await().until(() -> informer.getStore().list().size() == 2);
      client.configMaps().inNamespace("default").withName("before").delete();
      await().until(() -> informer.getStore().list().size() == 1);
      client
          .configMaps()
          .inNamespace("default")
          .withName("after")
          .edit(m -> new ConfigMapBuilder(m).addToData("x", "y").build());
      await().until(() -> informer.getStore().list().getFirst().getData().containsKey("x"));
    }
  }

  @Test
  void aWatchGoesOnWhereAnotherEnded() {
    String version = client.resource(map("first")).create().getMetadata().getResourceVersion();
    client.resource(map("second")).create();
    client.configMaps().inNamespace("default").withName("first").delete();
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (var _ =
        client
            .configMaps()
            .inNamespace("default")
            .withResourceVersion(version)
            .watch(new Recorder(seen))) {
      await().until(() -> seen.size() == 2);
      assertThat(seen).containsExactly("ADDED second", "DELETED first");
    }
  }

  @Test
  void aWatchFromForgottenTimesIsToldSo() {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    restart();
    try (var _ =
        client
            .configMaps()
            .inNamespace("default")
            .withResourceVersion("1")
            .watch(new Recorder(seen))) {
      await().until(() -> !seen.isEmpty());
      assertThat(seen.peek()).startsWith("closed").contains("too old resource version");
    }
  }

  private record Recorder(Queue<String> seen) implements Watcher<ConfigMap> {
    @Override
    public void eventReceived(Action action, ConfigMap map) {
      seen.add(action + " " + map.getMetadata().getName());
    }

    @Override
    public void onClose(WatcherException cause) {
      seen.add("closed " + cause.getMessage());
    }
  }

  @Test
  void serverSideApplyCreatesAndOwns() {
    ConfigMap applied = client.resource(map("applied")).fieldManager("it").serverSideApply();
    assertThat(applied.getMetadata().getManagedFields().getFirst().getManager()).isEqualTo("it");
    ConfigMap other = new ConfigMapBuilder(map("applied")).addToData("k", "w").build();
    assertThatThrownBy(() -> client.resource(other).fieldManager("other").serverSideApply())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("conflict with \"it\" using v1: .data.k");
    ConfigMap forced =
        client.resource(other).fieldManager("other").forceConflicts().serverSideApply();
    assertThat(forced.getData()).containsEntry("k", "w");
  }

  @Test
  void statusIsWrittenThroughItsOwnPathAlone() {
    client.resource(pod("p")).create();
    Pod running =
        client
            .pods()
            .inNamespace("default")
            .withName("p")
            .editStatus(
                p -> new PodBuilder(p).editStatus().withPhase("Running").endStatus().build());
    assertThat(running.getStatus().getPhase()).isEqualTo("Running");
    client
        .pods()
        .inNamespace("default")
        .withName("p")
        .edit(p -> new PodBuilder(p).editStatus().withPhase("Failed").endStatus().build());
    assertThat(client.pods().inNamespace("default").withName("p").get().getStatus().getPhase())
        .isEqualTo("Running");
  }

  @Test
  void logsComeFromWhoeverRunsThePods() {
    client.resource(pod("p")).create();
    assertThat(client.pods().inNamespace("default").withName("p").getLog()).isEqualTo("said by c");
  }

  @Test
  void aRunningPodIsGivenTimeToEnd() {
    Pod running = new PodBuilder(pod("p")).editSpec().withNodeName("n").endSpec().build();
    client.resource(running).create();
    var resource = client.pods().inNamespace("default").withName("p");
    resource.delete();
    assertThat(resource.get().getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(30);
    resource.withGracePeriod(0).delete();
    assertThat(resource.get()).isNull();
  }

  @Test
  void whatAnObjectOwnsGoesWithIt() {
    Deployment owner = client.resource(deployment()).create();
    ConfigMap owned =
        new ConfigMapBuilder(map("owned"))
            .editMetadata()
            .addNewOwnerReference()
            .withApiVersion("apps/v1")
            .withKind("Deployment")
            .withName("d")
            .withUid(owner.getMetadata().getUid())
            .withBlockOwnerDeletion(true)
            .endOwnerReference()
            .endMetadata()
            .build();
    client.resource(owned).create();
    client.resource(owner).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
    await().until(() -> client.resource(owner).get() == null);
    assertThat(client.resource(owned).get()).isNull();
  }

  private static Deployment deployment() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("d")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withNewSelector()
        .addToMatchLabels("a", "b")
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("a", "b")
        .endMetadata()
        .withSpec(pod("t").getSpec())
        .endTemplate()
        .endSpec()
        .build();
  }

  @Test
  void aNamespaceGoesWithAllThatIsInIt() {
    var namespace = new NamespaceBuilder().withNewMetadata().withName("gone").endMetadata().build();
    client.resource(namespace).create();
    client.resource(map("m")).inNamespace("gone").delete();
    client
        .resource(
            new ConfigMapBuilder(map("m"))
                .editMetadata()
                .withNamespace("gone")
                .endMetadata()
                .build())
        .create();
    client.resource(namespace).delete();
    await().until(() -> client.resource(namespace).get() == null);
    assertThat(client.configMaps().inNamespace("gone").list().getItems()).isEmpty();
  }

  @Test
  void objectsCredentialsAndAddressesOutliveTheServer() {
    client.resource(map("kept")).create();
    String address = client.resource(service("one")).create().getSpec().getClusterIP();
    String certificate = server.kubeconfig().replaceAll("server: .*", "");
    restart();
    assertThat(server.kubeconfig().replaceAll("server: .*", "")).isEqualTo(certificate);
    assertThat(client.resource(map("kept")).get().getData()).containsEntry("k", "v");
    assertThat(client.resource(service("two")).create().getSpec().getClusterIP())
        .isNotEqualTo(address);
  }

  private static Service service(String name) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .addNewPort()
        .withPort(80)
        .endPort()
        .endSpec()
        .build();
  }

  private void restart() {
    stop();
    start();
  }

  @Test
  void nobodyGetsInWithoutTheToken() {
    Config config = Config.fromKubeconfig(server.kubeconfig());
    config.setOauthToken("wrong");
    config.setAutoOAuthToken("wrong");
    try (KubernetesClient stranger = new KubernetesClientBuilder().withConfig(config).build()) {
      ApiCaller caller = new ApiCaller(stranger);
      assertThat(caller.json("GET", "/api/v1/secrets", Json.nothing().path("")).code())
          .isEqualTo(401);
    }
  }
}
