package io.warmgate.local.cli;

import io.warmgate.crd.v1alpha1.ApprovalState;
import picocli.CommandLine.Command;

/** {@code warmgate reject}. */
@Command(
    name = "reject",
    description = "Refuses a consumer a route that it asks for.",
    mixinStandardHelpOptions = true)
final class RejectCommand extends Decision {
  RejectCommand() {
    super(ApprovalState.REJECTED);
  }
}
