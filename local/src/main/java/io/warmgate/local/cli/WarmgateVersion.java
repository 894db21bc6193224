package io.warmgate.local.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version out of the jar's manifest. */
final class WarmgateVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = WarmgateVersion.class.getPackage().getImplementationVersion();
    return new String[] {"warmgate " + Objects.requireNonNullElse(version, "(unpackaged)")};
  }
}
