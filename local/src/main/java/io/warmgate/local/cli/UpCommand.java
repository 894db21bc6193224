package io.warmgate.local.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.local.ApiServer;
import io.warmgate.local.ChartInstallation;
import io.warmgate.local.Cluster;
import io.warmgate.local.ClusterOptions;
import io.warmgate.local.Progress;
import io.warmgate.local.StateFolder;
import io.warmgate.local.SupervisorLock;
import io.warmgate.local.resource.Inventory;
import io.warmgate.local.resource.ResourceTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code warmgate up}. */
@Command(
    name = "up",
    description =
        "Starts a cluster on this machine and stays with it until Ctrl-C (or ./warmgate down).",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @Mixin private StateOption options = new StateOption();

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE|DIR",
      description = "manifests to apply; an edit is applied, a document removed is deleted")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--detach", description = "return when all is ready; the cluster goes on")
  private boolean detach;

  @Option(
      names = "--api",
      paramLabel = "embedded|real",
      defaultValue = "embedded",
      description =
          "the API server: in this process, or etcd and kube-apiserver (default: ${DEFAULT-VALUE})")
  private ApiServer.Kind api = ApiServer.Kind.EMBEDDED;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "install the Helm chart in this cluster instead, apply the files there, and run nothing"
              + " here")
  private @Nullable Path kubeconfig;

  @Override
  public Integer call() throws Exception {
    Launch launch = Launch.ofThisProcess();
    if (kubeconfig == null) {
      here(launch, options.state());
    } else {
      elsewhere(launch, kubeconfig);
    }
    return 0;
  }

  private void elsewhere(Launch launch, Path kubeconfig) throws Exception {
    Progress progress = launch.progress(InstantSource.system());
    progress.begin("chart");
    String installed = installed(launch, kubeconfig);
    progress.done("chart");
    progress.note(installed);
    try (KubernetesClient client = Cluster.client(Files.readString(kubeconfig));
        var manifests = new ManifestRun(client, absolute(), progress)) {
      manifests.begin();
      progress.note("\n" + ResourceTable.of(new Inventory(client).read()));
    }
    progress.note("ready in " + Seconds.of(Duration.between(launch.begun(), Instant.now())));
  }

  private static String installed(Launch launch, Path kubeconfig) throws Failure {
    try {
      return ChartInstallation.install(launch.repository(), kubeconfig);
    } catch (IllegalStateException refused) { // so the library says what Helm said
      throw new Failure("the chart cannot be installed: " + refused.getMessage());
    }
  }

  private void here(Launch launch, StateFolder state) throws Exception {
    var lock = SupervisorLock.take(state);
    if (lock.isEmpty()) {
      throw new Failure(
          "a cluster runs in %s already (process %s); ./warmgate down stops it"
              .formatted(
                  state.path(), SupervisorLock.holder(state).map(ProcessHandle::pid).orElse(0L)));
    }
    System.setProperty("warmgate.log", state.log().toString()); // logback.xml reads it
    Progress progress = launch.progress(InstantSource.system());
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stop, stopped), "stop"));
    try (Cluster cluster = Cluster.start(cluster(launch, state), progress);
        var manifests = new ManifestRun(cluster.client(), absolute(), progress)) {
      manifests.begin();
      progress.note("\n" + Report.of(cluster.client(), state));
      Duration took = Duration.between(launch.begun(), Instant.now());
      progress.note("ready in " + Seconds.of(took));
      if (detach) {
        launch.detach();
      }
      manifests.watch();
      stop.await();
    } finally {
      lock.get().close();
      stopped.countDown();
    }
  }

  /** The shutdown hook: lets the command end what it began. */
  private static void await(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private ClusterOptions cluster(Launch launch, StateFolder state) {
    return new ClusterOptions(
        launch.repository(), launch.javaHome(), launch.path(), state, absolute(), api);
  }

  private List<Path> absolute() {
    return files.stream().map(Path::normalize).toList();
  }
}
