package io.warmgate.local.fault;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.warmgate.config.Revision;
import io.warmgate.local.ApiServer;
import io.warmgate.local.Cluster;
import io.warmgate.local.ClusterOptions;
import io.warmgate.local.Progress;
import io.warmgate.local.StateFolder;
import io.warmgate.local.resource.Inventory;
import io.warmgate.local.resource.ResourceTable;
import io.warmgate.local.resource.Standing;
import io.warmgate.local.resource.Standings;
import io.warmgate.operator.snapshot.Labels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A local cluster with a gateway {@code edge} of two pods, to do harm to. */
final class FaultCluster implements AutoCloseable {
  /** For what takes seconds on an idle machine. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  static final int PORT = 8080;
  private static final String OPERATOR = "warmgate-operator";
  private static final String REDIS = "edge-cache-redis-0";
  private static final Path ROOT =
      Path.of(System.getProperty("warmgate.root", "..")).toAbsolutePath();

  /** Pods that live for seconds are not worth their optimization, and the machine has others. */
  private static final String QUICK_PODS =
      """
      - image: warmgate/runtime
        java:
          module: gateway-runtime/server
          main: io.warmgate.server.RuntimeMain
          options:
          - -XX:+UseSerialGC
          - -XX:TieredStopAtLevel=1
          - --enable-native-access=ALL-UNNAMED
          - --sun-misc-unsafe-memory-access=allow
        knowsRoot: true
      """;

  private final Cluster cluster;

  private FaultCluster(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Starts one on the embedded API server, and waits until all of these resources are ready. */
  static FaultCluster start(Path state, List<String> manifests) throws IOException {
    return start(state, ApiServer.Kind.EMBEDDED, manifests);
  }

  /** Starts one with these resources, and waits until all of them are ready. */
  static FaultCluster start(Path state, ApiServer.Kind api, List<String> manifests)
      throws IOException {
    StateFolder folder = new StateFolder(state);
    Files.writeString(folder.images(), QUICK_PODS);
    var options =
        new ClusterOptions(
            ROOT,
            Path.of(System.getProperty("java.home")),
            System.getenv("PATH"),
            folder,
            List.of(),
            api);
    var started = new FaultCluster(Cluster.start(options, new Silent()));
    try {
      manifests.forEach(started::apply);
      started.settled();
      return started;
    } catch (RuntimeException failed) {
      started.close();
      throw failed;
    }
  }

  /** Where all samples are. */
  static Path samples() {
    return ROOT.resolve("samples");
  }

  /** A file of {@code samples/quickstart}. */
  static String sample(String file) throws IOException {
    return Files.readString(ROOT.resolve("samples/quickstart").resolve(file));
  }

  KubernetesClient client() {
    return cluster.client();
  }

  void apply(String yaml) {
    for (HasMetadata object :
        client().load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items()) {
      client()
          .resource(object)
          .inNamespace("default")
          .fieldManager("faults")
          .forceConflicts()
          .serverSideApply();
    }
  }

  /** Everything is as it should be: all resources ready, all pods up, none still going. */
  void settled() {
    await().atMost(PATIENCE).until(this::amiss, List::isEmpty);
  }

  /** All pods are up, whatever resources say. */
  void podsSettled() {
    await().atMost(PATIENCE).until(() -> podsAmiss().toList(), List::isEmpty);
  }

  private List<String> amiss() {
    Stream<String> resources =
        new Inventory(client())
            .read().stream()
                .filter(any -> !(Standings.of(any) instanceof Standing.Ready))
                .map(any -> ResourceTable.name(any) + " " + Standings.of(any));
    return Stream.concat(resources, podsAmiss()).toList();
  }

  private Stream<String> podsAmiss() {
    Stream<String> pods =
        Stream.concat(pods("default").stream(), operators().stream())
            .filter(pod -> !pod.serves())
            .map(RunningPod::toString);
    Stream<String> counts =
        Stream.of(count(2, gateways(), "gateway"), count(1, operators(), "operator"))
            .flatMap(Optional::stream);
    return Stream.concat(pods, counts);
  }

  private static Optional<String> count(int wanted, List<RunningPod> pods, String what) {
    return pods.size() == wanted
        ? Optional.empty()
        : Optional.of(pods.size() + " of " + wanted + " pods: " + what);
  }

  /**
   * Where a Service's clients connect. Not with a real kube-apiserver: the addresses that it gives
   * Services are nobody's here.
   */
  InetSocketAddress service(String name) {
    String address =
        client().services().inNamespace("default").withName(name).get().getSpec().getClusterIP();
    var at = new InetSocketAddress(address, PORT);
    if (!at.getAddress().isLoopbackAddress()) {
      throw new IllegalStateException(name + " has an address that is nobody's here: " + address);
    }
    return at;
  }

  InetSocketAddress gateway() {
    return service("edge");
  }

  /** The gateway's pods that run, those that are going included. */
  List<RunningPod> gateways() {
    return pods("default", "warmgate.io/gateway", "edge");
  }

  /** Kills Redis at once. */
  void killRedis() {
    redis().orElseThrow().kill();
    await().atMost(PATIENCE).until(() -> !isRedisReady());
  }

  boolean isRedisReady() {
    return redis().stream().anyMatch(RunningPod::serves);
  }

  Optional<RunningPod> redis() {
    return pods("default").stream().filter(pod -> pod.name().equals(REDIS)).findFirst();
  }

  /** An empty one comes instead. */
  void replaceRedis() {
    long before = redis().orElseThrow().process();
    client().pods().inNamespace("default").withName(REDIS).withGracePeriod(0).delete();
    await()
        .atMost(PATIENCE)
        .until(() -> redis().stream().anyMatch(pod -> pod.serves() && pod.process() != before));
  }

  List<RunningPod> pods(String namespace, String label, String value) {
    return client().pods().inNamespace(namespace).withLabel(label, value).list().getItems().stream()
        .filter(RunningPod::runs)
        .map(RunningPod::of)
        .toList();
  }

  private List<RunningPod> pods(String namespace) {
    return client().pods().inNamespace(namespace).list().getItems().stream()
        .filter(RunningPod::runs)
        .map(RunningPod::of)
        .toList();
  }

  /** Rolls a Deployment to another image. */
  void image(String deployment, String image) {
    deployment(deployment)
        .edit(
            now -> {
              now.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage(image);
              return now;
            });
  }

  /** Rolls the gateway's Deployment to new pods, all of them at the same time. */
  void restartGateways() {
    deployment(gatewayDeployment())
        .edit(
            now -> {
              var rolling = now.getSpec().getStrategy().getRollingUpdate();
              rolling.setMaxSurge(new IntOrString("100%"));
              var template = now.getSpec().getTemplate().getMetadata();
              template.setAnnotations(Map.of("faults/restarted", Instant.now().toString()));
              return now;
            });
  }

  boolean isRolledOut(String name) {
    DeploymentStatus status = deployment(name).get().getStatus();
    int wanted = deployment(name).get().getSpec().getReplicas();
    return Objects.equals(status.getUpdatedReplicas(), wanted)
        && Objects.equals(status.getAvailableReplicas(), wanted)
        && pods("default", "app", name).size() == wanted;
  }

  private String gatewayDeployment() {
    return client()
        .apps()
        .deployments()
        .inNamespace("default")
        .withLabel(Labels.GATEWAY, "edge")
        .list()
        .getItems()
        .getFirst()
        .getMetadata()
        .getName();
  }

  private RollableScalableResource<Deployment> deployment(String name) {
    return client().apps().deployments().inNamespace("default").withName(name);
  }

  /** What pods start from. */
  Revision current() {
    return revision(currentMap());
  }

  /** What pods start from that cannot take the current one. */
  Revision acknowledged() {
    return revision(client().configMaps().inNamespace("default").withName("edge-acknowledged"));
  }

  private static Revision revision(Resource<ConfigMap> map) {
    String json = Objects.requireNonNull(map.get().getData().get(Revision.FILE));
    return Revision.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts it in the place of the current one. */
  void write(Revision revision) {
    String json = new String(revision.toJson(), StandardCharsets.UTF_8);
    currentMap()
        .edit(
            map -> {
              map.setData(Map.of(Revision.FILE, json));
              return map;
            });
  }

  private Resource<ConfigMap> currentMap() {
    return client().configMaps().inNamespace("default").withName("edge-current");
  }

  /** Kills it at once; another comes instead without a kubelet's back-off. */
  void replace(RunningPod pod) {
    pod.kill();
    client().pods().inNamespace(pod.namespace()).withName(pod.name()).withGracePeriod(0).delete();
  }

  void delete(RunningPod pod) {
    client().pods().inNamespace("default").withName(pod.name()).delete();
  }

  String log(RunningPod pod) {
    return client().pods().inNamespace("default").withName(pod.name()).getLog();
  }

  /** Kills the operator, and none comes instead. */
  void operatorAway() {
    List<RunningPod> before = operators();
    client().apps().deployments().inNamespace(Inventory.SYSTEM).withName(OPERATOR).scale(0);
    before.forEach(RunningPod::kill);
    await().atMost(PATIENCE).until(() -> operators().isEmpty());
  }

  void operatorBack() {
    client().apps().deployments().inNamespace(Inventory.SYSTEM).withName(OPERATOR).scale(1);
  }

  List<RunningPod> operators() {
    return pods(Inventory.SYSTEM, "app.kubernetes.io/name", OPERATOR);
  }

  @Override
  public void close() {
    cluster.close();
  }

  /** Nobody looks. */
  private static final class Silent implements Progress {
    @Override
    public void begin(String step) {}

    @Override
    public void waiting(String step, String on) {}

    @Override
    public void done(String step) {}

    @Override
    public void note(String line) {}
  }
}
