package io.warmgate.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.warmgate.kube.KubeApiServer;
import io.warmgate.local.kubelet.KubeEvents;
import io.warmgate.local.kubelet.Kubelet;
import io.warmgate.local.kubelet.Node;
import io.warmgate.local.kubelet.image.ImageCatalog;
import io.warmgate.local.kubelet.workload.WorkloadController;
import io.warmgate.local.network.EndpointAddress;
import io.warmgate.local.network.LoopbackBlock;
import io.warmgate.local.network.NetworkController;
import io.warmgate.local.network.ServiceForwarder;
import io.warmgate.local.process.ChildProcesses;
import io.warmgate.local.redis.RedisPrograms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kubelet, its controllers and the network against a real API server, with real processes. */
class KubeletIT {
  private static final Path ROOT =
      Path.of(System.getProperty("warmgate.root", "..")).toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path state = Path.of("");

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private KubeApiServer api =
      keep(
          KubeApiServer.start(
              "serviceaccount-controller", "root-ca-certificate-publisher-controller"));
  private KubernetesClient client = api.client();
  private LoopbackBlock addresses = keep(claim());

  private static LoopbackBlock claim() {
    try {
      return LoopbackBlock.claim("KubeletIT");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @BeforeEach
  void begin() throws IOException {
    ChildProcesses children = keep(new ChildProcesses());
    String path = System.getenv("PATH");
    var images =
        new ImageCatalog(
            ROOT,
            Path.of(System.getProperty("java.home")),
            state.resolve("images.yaml"),
            new RedisPrograms(state.resolve("programs"), path));
    KubeEvents events = keep(new KubeEvents(client));
    Kubelet kubelet =
        keep(new Kubelet(client, new Node(state, path, images, addresses, children), events));
    parts.push(() -> kubelet.stopPods(Duration.ofSeconds(1)));
    NetworkController network =
        keep(
            new NetworkController(
                client,
                new ServiceForwarder(),
                addresses::service,
                state.resolve("hosts"),
                _ -> {}));
    WorkloadController workloads =
        keep(new WorkloadController(client, EndpointAddress.FQDN, events));
    kubelet.start();
    network.start();
    workloads.start();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                client.serviceAccounts().inNamespace("default").withName("default").get() != null);
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  @Test
  void aDeploymentServesScalesRollsAndSurvivesAKilledProcess() throws IOException {
    apply(Files.readString(ROOT.resolve("samples/quickstart/origin.yaml")));
    await().atMost(PATIENCE).until(() -> ready() == 1);
    String service = "http://" + addresses.service("default/catalog") + ":8080";
    await().atMost(PATIENCE).ignoreExceptions().until(() -> get(service + "/x").contains("\"v1\""));
    assertThat(state.resolve("hosts/default")).content().contains("catalog.default.svc");

    client.apps().deployments().inNamespace("default").withName("catalog").scale(2);
    await().atMost(PATIENCE).until(() -> endpoints().size() == 2);
    await().atMost(PATIENCE).until(() -> get(service + "/count").equals("0\n"));

    Pod pod = pods().getFirst();
    String id = pod.getStatus().getContainerStatuses().getFirst().getContainerID();
    ProcessHandle.of(Long.parseLong(id.substring(id.lastIndexOf('/') + 1)))
        .orElseThrow()
        .destroyForcibly();
    String name = pod.getMetadata().getName();
    await().atMost(PATIENCE).until(() -> restarts(name) == 1 && ready() == 2);

    Set<String> before = new HashSet<>(names());
    client
        .apps()
        .deployments()
        .inNamespace("default")
        .withName("catalog")
        .patch(
            PatchContext.of(PatchType.JSON),
            """
            [{"op": "replace", "path": "/spec/template/spec/containers/0/image",
              "value": "warmgate/quickstart-origin:v2"}]
            """);
    await()
        .atMost(PATIENCE)
        .until(() -> names().size() == 2 && names().stream().noneMatch(before::contains));
    await().atMost(PATIENCE).until(() -> get(service + "/x").contains("\"v2\""));
  }

  @Test
  void aRedisFindsItsFilesAndAnUnknownImageSaysSo() {
    apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: conf, namespace: default}
        stringData: {redis.conf: "port 6379\\nmaxmemory 20mb\\n"}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: redis, namespace: default}
        spec:
          serviceName: redis
          selector: {matchLabels: {app: redis}}
          template:
            metadata: {labels: {app: redis}}
            spec:
              terminationGracePeriodSeconds: 2
              containers:
              - name: redis
                image: redis:7
                args: ["/etc/conf/redis.conf"]
                readinessProbe: {tcpSocket: {port: 6379}, periodSeconds: 1}
                volumeMounts: [{name: conf, mountPath: /etc/conf}]
              volumes: [{name: conf, secret: {secretName: conf}}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: lost, namespace: default}
        spec: {nodeName: local, containers: [{name: c, image: "nobody/knows:1"}]}
        """);
    await().atMost(PATIENCE).until(() -> ready() == 1);
    await()
        .atMost(PATIENCE)
        .until(() -> waiting("lost").startsWith("ErrImagePull: no program on this machine"));
    client.apps().statefulSets().inNamespace("default").withName("redis").scale(0);
    await().atMost(PATIENCE).until(() -> names().equals(List.of("lost")));
  }

  private String waiting(String pod) {
    var status = client.pods().inNamespace("default").withName(pod).get().getStatus();
    var waiting = status.getContainerStatuses().getFirst().getState().getWaiting();
    return waiting == null ? "" : waiting.getReason() + ": " + waiting.getMessage();
  }

  private void apply(String yaml) {
    client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .inNamespace("default")
        .create();
  }

  private List<Pod> pods() {
    return client.pods().inNamespace("default").list().getItems();
  }

  private List<String> names() {
    return pods().stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  private long ready() {
    return pods().stream()
        .filter(pod -> pod.getStatus() != null)
        .filter(
            pod ->
                pod.getStatus().getConditions().stream()
                    .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True")))
        .count();
  }

  private int restarts(String pod) {
    return client
        .pods()
        .inNamespace("default")
        .withName(pod)
        .get()
        .getStatus()
        .getContainerStatuses()
        .getFirst()
        .getRestartCount();
  }

  private List<Endpoint> endpoints() {
    return client
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace("default")
        .list()
        .getItems()
        .stream()
        .filter(slice -> slice.getMetadata().getName().startsWith("catalog"))
        .flatMap(slice -> slice.getEndpoints().stream())
        .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
        .toList();
  }

  /** On a connection of its own, so that each may reach another pod. */
  private static String get(String url) throws IOException {
    URLConnection connection = URI.create(url).toURL().openConnection();
    connection.setRequestProperty("Connection", "close");
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }
}
