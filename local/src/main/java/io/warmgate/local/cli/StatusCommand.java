package io.warmgate.local.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.local.Cluster;
import io.warmgate.local.StateFolder;
import io.warmgate.local.SupervisorLock;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code warmgate status}. */
@Command(
    name = "status",
    description = "Prints the resources with their conditions, and the URLs.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private StateOption options = new StateOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    StateFolder state = options.state();
    var supervisor = SupervisorLock.holder(state);
    if (supervisor.isEmpty()) {
      throw new Failure("nothing runs in " + state.path() + "; start it with ./warmgate up");
    }
    if (!Files.exists(state.kubeconfig())) {
      throw new Failure("process " + supervisor.get().pid() + " is still starting");
    }
    try (KubernetesClient client = Cluster.client(Files.readString(state.kubeconfig()))) {
      spec.commandLine().getOut().print(Report.of(client, state));
      spec.commandLine().getOut().flush();
    }
    return 0;
  }
}
