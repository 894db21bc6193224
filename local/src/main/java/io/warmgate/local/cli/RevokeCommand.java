package io.warmgate.local.cli;

import io.warmgate.crd.v1alpha1.ApprovalState;
import picocli.CommandLine.Command;

/** {@code warmgate revoke}. */
@Command(
    name = "revoke",
    description = "Takes back that a consumer may call a route.",
    mixinStandardHelpOptions = true)
final class RevokeCommand extends Decision {
  RevokeCommand() {
    super(ApprovalState.REVOKED);
  }
}
