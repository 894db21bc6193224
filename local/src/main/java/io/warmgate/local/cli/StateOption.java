package io.warmgate.local.cli;

import io.warmgate.local.StateFolder;
import java.nio.file.Path;
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
}
