package io.warmgate.local;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.warmgate.local.kubelet.KubeEvents;
import io.warmgate.local.kubelet.Kubelet;
import io.warmgate.local.kubelet.Node;
import io.warmgate.local.kubelet.PodLogs;
import io.warmgate.local.kubelet.image.ImageCatalog;
import io.warmgate.local.kubelet.workload.WorkloadController;
import io.warmgate.local.network.LoopbackBlock;
import io.warmgate.local.network.NetworkController;
import io.warmgate.local.network.Published;
import io.warmgate.local.network.ServiceForwarder;
import io.warmgate.local.process.ChildProcesses;
import io.warmgate.local.redis.RedisPrograms;
import io.warmgate.local.resource.Inventory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster on this machine: API server, CRDs, kubelet with its controllers, network, operator.
 * What it is made of ends in the reverse order, and with this process however that ends.
 */
public final class Cluster implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Cluster.class);

  /** What a pod may take to end when the whole cluster goes. */
  private static final Duration LAST_GRACE = Duration.ofSeconds(1);

  private final ClusterOptions options;
  private final StateFolder state;
  private final Progress progress;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private @Nullable KubernetesClient client;

  private Cluster(ClusterOptions options, Progress progress) {
    this.options = options;
    this.state = options.state();
    this.progress = progress;
  }

  private void begin() throws IOException {
    ChildProcesses children = keep(new ChildProcesses());
    LoopbackBlock addresses = keep(LoopbackBlock.claim(state.path().toString()));
    ApiServer api = apiServer(addresses);
    writeKubeconfig(api.kubeconfig());
    client = keep(client(api.kubeconfig()));
    CustomResources.namespaces(client(), List.of("default", "kube-system", Inventory.SYSTEM));
    var served = CompletableFuture.runAsync(this::customResources, Thread::startVirtualThread);
    pods(api, children, addresses);
    join(served);
    operator();
  }

  /** Starts one; what had started by the time that something fails is stopped. */
  public static Cluster start(ClusterOptions options, Progress progress) throws IOException {
    StateFolder state = options.state();
    for (Path old : state.ofOneRun()) {
      OldState.delete(old);
    }
    Files.createDirectories(state.logs());
    var cluster = new Cluster(options, progress);
    try {
      cluster.begin();
      return cluster;
    } catch (IOException | RuntimeException failed) {
      cluster.close();
      throw failed;
    }
  }

  /** A client that may do everything. */
  public KubernetesClient client() {
    return Objects.requireNonNull(client, "started");
  }

  private ApiServer apiServer(LoopbackBlock addresses) {
    progress.begin("API server");
    ApiServer api =
        switch (options.api()) {
          case EMBEDDED -> new EmbeddedApi(new PodLogs(state.path()), addresses);
          case REAL -> new RealApiServer(state.apiServer());
        };
    keep(api);
    progress.done("API server");
    return api;
  }

  private void writeKubeconfig(String kubeconfig) throws IOException {
    Path file = state.kubeconfig();
    var owner = PosixFilePermissions.fromString("rw-------");
    Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    Files.writeString(file, kubeconfig);
  }

  /** A client of a kubeconfig's text. */
  public static KubernetesClient client(String kubeconfig) {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
            .withNamespace("default")
            .withRequestRetryBackoffLimit(3)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private void pods(ApiServer api, ChildProcesses children, LoopbackBlock addresses) {
    progress.begin("kubelet and network");
    var images =
        new ImageCatalog(
            options.repository(),
            options.javaHome(),
            state.images(),
            new RedisPrograms(state.programs(), options.path()));
    var node = new Node(state.path(), options.path(), images, addresses, children);
    KubeEvents events = keep(new KubeEvents(client()));
    Kubelet kubelet = keep(new Kubelet(client(), node, events));
    parts.push(() -> kubelet.stopPods(LAST_GRACE));
    var network =
        keep(
            new NetworkController(
                client(),
                new ServiceForwarder(),
                addresses::service,
                state.hosts(),
                this::published));
    WorkloadController workloads =
        keep(new WorkloadController(client(), api.endpointAddress(), events));
    kubelet.start();
    network.start();
    workloads.start();
    progress.done("kubelet and network");
  }

  private void published(List<Published> ports) {
    try {
      new GatewayUrls(state.urls()).write(ports);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void customResources() {
    progress.begin("custom resources");
    try {
      CustomResources.apply(client(), options.repository().resolve("crds/manifests"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    progress.done("custom resources");
  }

  private static void join(CompletableFuture<Void> work) {
    try {
      work.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private void operator() {
    client()
        .resource(OperatorDeployment.of(state))
        .forceConflicts()
        .fieldManager("warmgate-up")
        .serverSideApply();
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } catch (Exception failed) {
        log.warn("while stopping: {}", failed.toString());
      }
    }
    parts.clear();
  }
}
