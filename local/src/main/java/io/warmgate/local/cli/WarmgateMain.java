package io.warmgate.local.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./warmgate}. */
@Command(
    name = "warmgate",
    description = "Warmgate on this machine: a cluster without containers.",
    mixinStandardHelpOptions = true,
    versionProvider = WarmgateVersion.class,
    synopsisSubcommandLabel = "up|status|explain|rollout|approve|reject|revoke|down",
    subcommands = {
      UpCommand.class,
      StatusCommand.class,
      ExplainCommand.class,
      RolloutCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      RevokeCommand.class,
      DownCommand.class
    })
public final class WarmgateMain {
  private WarmgateMain() {}

  /** Runs a command and exits with its code: 0 done, 1 failed, 2 misused. */
  public static void main(String[] args) {
    var main = new WarmgateMain();
    System.exit(
        new CommandLine(main)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(new Failures())
            .execute(args));
  }
}
