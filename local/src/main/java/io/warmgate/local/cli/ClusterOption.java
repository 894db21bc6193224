package io.warmgate.local.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.local.Cluster;
import io.warmgate.local.StateFolder;
import io.warmgate.local.SupervisorLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster is meant: {@code --kubeconfig}, or {@code --state}'s. */
final class ClusterOption {
  @Mixin private StateOption local = new StateOption();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "a cluster other than the one of ./warmgate up")
  private @Nullable Path kubeconfig;

  /** Whether it is another than the one of {@code ./warmgate up}. */
  boolean isAnother() {
    return kubeconfig != null;
  }

  /** Where the one of {@code ./warmgate up} keeps what it has. */
  StateFolder state() {
    return local.state();
  }

  KubernetesClient client() throws Failure, IOException {
    return Cluster.client(Files.readString(kubeconfig()));
  }

  private Path kubeconfig() throws Failure, IOException {
    if (kubeconfig != null) {
      return kubeconfig;
    }
    StateFolder state = state();
    if (SupervisorLock.holder(state).isEmpty() || !Files.exists(state.kubeconfig())) {
      throw new Failure(
          "nothing runs in " + state.path() + "; start it with ./warmgate up, or say --kubeconfig");
    }
    return state.kubeconfig();
  }
}
