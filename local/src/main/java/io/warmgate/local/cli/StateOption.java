package io.warmgate.local.cli;

import io.warmgate.local.StateFolder;
import io.warmgate.local.SupervisorLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --state}. */
final class StateOption {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = ".warmgate",
      description = "folder of the cluster's state (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(".warmgate");

  StateFolder state() {
    return new StateFolder(folder.toAbsolutePath().normalize());
  }

  /**
   * The cluster that is meant.
   *
   * @param given by the user; null: the one of {@code ./warmgate up}
   */
  Path kubeconfig(@Nullable Path given) throws Failure, IOException {
    if (given != null) {
      return given;
    }
    StateFolder state = state();
    if (SupervisorLock.holder(state).isEmpty() || !Files.exists(state.kubeconfig())) {
      throw new Failure(
          "nothing runs in " + state.path() + "; start it with ./warmgate up, or say --kubeconfig");
    }
    return state.kubeconfig();
  }
}
