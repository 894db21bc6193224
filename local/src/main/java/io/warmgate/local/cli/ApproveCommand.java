package io.warmgate.local.cli;

import io.warmgate.crd.v1alpha1.ApprovalState;
import picocli.CommandLine.Command;

/** {@code warmgate approve}. */
@Command(
    name = "approve",
    description = "Lets a consumer call a route that it asks for.",
    mixinStandardHelpOptions = true)
final class ApproveCommand extends Decision {
  ApproveCommand() {
    super(ApprovalState.APPROVED);
  }
}
