package io.warmgate.local.cli;

import io.warmgate.local.StateFolder;
import io.warmgate.local.SupervisorLock;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code warmgate down}. */
@Command(
    name = "down",
    description =
        "Stops the cluster; no process and no port is left. Logs stay in the state folder.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 20;

  @Mixin private StateOption options = new StateOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    StateFolder state = options.state();
    var supervisor = SupervisorLock.holder(state);
    if (supervisor.isEmpty()) {
      say("nothing runs in " + state.path());
      return 0;
    }
    ProcessHandle process = supervisor.get();
    process.destroy();
    if (!ended(process)) {
      say("process " + process.pid() + " does not end: killing it");
      process.destroyForcibly();
      if (!ended(process)) {
        throw new Failure("process " + process.pid() + " cannot be killed");
      }
    }
    say("stopped");
    return 0;
  }

  private static boolean ended(ProcessHandle process)
      throws InterruptedException, ExecutionException {
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
