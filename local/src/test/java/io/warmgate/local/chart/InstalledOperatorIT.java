package io.warmgate.local.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.kube.FreePort;
import io.warmgate.kube.KubeApiServer;
import io.warmgate.kube.RealKube;
import io.warmgate.operator.snapshot.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged operator, as the chart's ServiceAccount and with no right but the chart's: a right
 * that is missing shows as an object that is not made, or as a refusal in its log.
 */
@RealKube
class InstalledOperatorIT {
  private static final String RESOURCES =
      """
      apiVersion: warmgate.io/v1alpha1
      kind: RedisCache
      metadata: {name: shared}
      spec: {maxMemory: 64Mi}
      ---
      apiVersion: warmgate.io/v1alpha1
      kind: ApiGateway
      metadata: {name: edge}
      spec:
        autoscaling: {min: 2, max: 4, targetCpuPercent: 80}
        listeners: [{name: http, port: 8080, protocol: HTTP}]
        cache: {sharedRef: {name: shared}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: catalog}
      spec: {ports: [{port: 8080}], selector: {app: catalog}}
      ---
      apiVersion: warmgate.io/v1alpha1
      kind: ApiRoute
      metadata: {name: catalog}
      spec:
        parentRefs: [{name: edge}]
        rules:
        - matches: [{path: {type: PathPrefix, value: /}}]
          backendRefs: [{name: catalog, port: 8080}]
      ---
      apiVersion: warmgate.io/v1alpha1
      kind: CachePolicy
      metadata: {name: catalog}
      spec: {targetRefs: [{kind: ApiRoute, name: catalog}]}
      ---
      apiVersion: warmgate.io/v1alpha1
      kind: ApiConsumer
      metadata: {name: partner}
      spec:
        gatewayRef: {name: edge}
        keys: [{name: main}]
        routes: [{name: catalog}]
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: openai}
      stringData: {apiKey: sk-key}
      ---
      apiVersion: warmgate.io/v1alpha1
      kind: AiModelBackend
      metadata: {name: gpt}
      spec: {provider: OpenAI, model: gpt-5-mini, credentialsRef: {name: openai, key: apiKey}}
      ---
      apiVersion: warmgate.io/v1alpha1
      kind: ApiRoute
      metadata: {name: models}
      spec:
        parentRefs: [{name: edge}]
        rules:
        - matches: [{path: {type: PathPrefix, value: /v1}}]
          backendRefs: [{kind: AiModelBackend, name: gpt}]
      """;

  private final KubeApiServer server;

  InstalledOperatorIT(KubeApiServer server) {
    this.server = server;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          everywhere | ""                   | {secretReader: {namespaces: [everywhere]}}
          listed     | listed,listed-tenant | {watchNamespaces: [listed, listed-tenant]}
          """)
  void itsRightsAreEnough(String namespace, String watched, String values, @TempDir Path folder)
      throws Exception {
    KubernetesClient admin = server.client();
    try (Operator operator = installed(admin, namespace, watched, values, folder)) {
      for (GenericKubernetesResource resource : resources()) {
        admin.resource(resource).inNamespace(namespace).serverSideApply();
      }
      String tenant = namespace + "-tenant";
      admin.resource(foreign(namespace)).inNamespace(tenant).serverSideApply();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                ApiRoute route =
                    admin
                        .resources(ApiRoute.class)
                        .inNamespace(namespace)
                        .withName("catalog")
                        .get();
                assertThat(route.getStatus()).as(operator.log()).isNotNull();
                assertThat(conditions(route.getStatus().conditions()))
                    .containsEntry("Accepted", "True")
                    .containsEntry("ResolvedRefs", "True");
                AiModelBackend model =
                    admin
                        .resources(AiModelBackend.class)
                        .inNamespace(namespace)
                        .withName("gpt")
                        .get();
                assertThat(model.getStatus()).as(operator.log()).isNotNull();
                assertThat(conditions(model.getStatus().conditions()))
                    .containsEntry("Accepted", "True")
                    .containsEntry("ResolvedRefs", "True");
                assertThat(made(admin, namespace)).as(operator.log()).isEmpty();
              });
      // It may ask, and the API server does not know what it asks for.
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(said(admin, tenant))
                      .as(operator.log())
                      .contains("install Gateway API"));
      ApiGateway gateway =
          admin.resources(ApiGateway.class).inNamespace(namespace).withName("edge").get();
      assertThat(conditions(gateway.getStatus().conditions())).containsEntry("Accepted", "True");
      assertThat(operator.log().lines().filter(line -> line.contains(namespace)))
          .noneMatch(line -> line.contains("orbidden"));
    }
  }

  @Test
  void withoutTheReaderTheStatusSaysWhatToBind(@TempDir Path folder) throws Exception {
    KubernetesClient admin = server.client();
    try (Operator operator = installed(admin, "unread", "", "{}", folder)) {
      for (GenericKubernetesResource resource : resources()) {
        admin.resource(resource).inNamespace("unread").serverSideApply();
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(refs(admin, ApiGateway.class, "edge"))
                    .as(operator.log())
                    .contains("SecretNotReadable")
                    .contains("kind: RoleBinding");
                assertThat(refs(admin, RedisCache.class, "shared")).contains("SecretNotReadable");
              });
    }
  }

  /** Of the conditions of a tenant's consumer. */
  private static String said(KubernetesClient admin, String tenant) {
    ApiConsumer consumer =
        admin.resources(ApiConsumer.class).inNamespace(tenant).withName("foreign").get();
    return consumer.getStatus() == null
        ? ""
        : consumer.getStatus().conditions().stream()
            .map(Condition::getMessage)
            .collect(Collectors.joining("; "));
  }

  /** A consumer of another namespace than its gateway's. */
  private static String foreign(String gateways) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiConsumer
    metadata: {name: foreign}
    spec:
      gatewayRef: {name: edge, namespace: %s}
      keys: [{name: main}]
    """
        .formatted(gateways);
  }

  private static String refs(
      KubernetesClient admin, Class<? extends HasMetadata> kind, String name) {
    return Serialization.asYaml(admin.resources(kind).inNamespace("unread").withName(name).get());
  }

  /** What the operator has to make and has not yet. */
  private static List<String> made(KubernetesClient admin, String namespace) {
    Map<String, Object> wanted = new HashMap<>();
    wanted.put(
        "Deployment",
        admin
            .resources(Deployment.class)
            .inNamespace(namespace)
            .withLabel(Labels.GATEWAY, "edge")
            .list()
            .getItems()
            .stream()
            .findFirst()
            .orElse(null));
    wanted.put(
        "Service", admin.resources(Service.class).inNamespace(namespace).withName("edge").get());
    wanted.put(
        "ServiceAccount",
        admin.resources(ServiceAccount.class).inNamespace(namespace).withName("edge").get());
    wanted.put(
        "NetworkPolicy",
        admin.resources(NetworkPolicy.class).inNamespace(namespace).withName("edge").get());
    wanted.put(
        "HorizontalPodAutoscaler",
        admin
            .resources(HorizontalPodAutoscaler.class)
            .inNamespace(namespace)
            .withName("edge")
            .get());
    wanted.put(
        "ConfigMap",
        admin.resources(ConfigMap.class).inNamespace(namespace).withName("edge-current").get());
    wanted.put(
        "Secret",
        admin.resources(Secret.class).inNamespace(namespace).withName("edge-admin").get());
    wanted.put(
        "key", admin.resources(Secret.class).inNamespace(namespace).withName("partner-main").get());
    wanted.put(
        "StatefulSet",
        admin.resources(StatefulSet.class).inNamespace(namespace).withName("shared-redis").get());
    return wanted.entrySet().stream()
        .filter(entry -> entry.getValue() == null)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, String> conditions(List<Condition> conditions) {
    Map<String, String> byType = new HashMap<>();
    conditions.forEach(condition -> byType.put(condition.getType(), condition.getStatus()));
    return byType;
  }

  private static List<GenericKubernetesResource> resources() {
    return Arrays.stream(RESOURCES.split("---\n"))
        .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
        .toList();
  }

  private Operator installed(
      KubernetesClient admin, String namespace, String watched, String values, Path folder)
      throws IOException {
    for (String name : List.of(Chart.NAMESPACE, namespace, namespace + "-tenant")) {
      admin
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .serverSideApply();
    }
    for (GenericKubernetesResource resource : Chart.render(values)) {
      admin.resource(resource).forceConflicts().serverSideApply();
    }
    Path kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            server.kubeconfigFor(Chart.NAMESPACE, "warmgate-operator"));
    return new Operator(kubeconfig, watched, folder.resolve("log"));
  }

  /** The packaged operator as a process. */
  private static final class Operator implements AutoCloseable {
    private final Process process;
    private final Path log;

    Operator(Path kubeconfig, String watched, Path log) throws IOException {
      this.log = log;
      Path root = Path.of(System.getProperty("warmgate.root"));
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-jar",
                  root.resolve("operator/target/warmgate-operator.jar").toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder
          .environment()
          .putAll(
              Map.of(
                  "KUBECONFIG",
                  kubeconfig.toString(),
                  "WARMGATE_NAMESPACES",
                  watched,
                  "POD_NAMESPACE",
                  Chart.NAMESPACE,
                  "POD_NAME",
                  "operator-" + log.hashCode(),
                  "WARMGATE_HEALTH_PORT",
                  Integer.toString(FreePort.onLoopback())));
      process = builder.start();
    }

    String log() throws IOException {
      return Files.readString(log);
    }

    @Override
    public void close() {
      process.destroy();
      try {
        process.onExit().get(20, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        process.destroyForcibly();
      }
    }
  }
}
