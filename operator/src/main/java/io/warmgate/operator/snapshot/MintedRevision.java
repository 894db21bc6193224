package io.warmgate.operator.snapshot;

import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Revision;

/**
 * A revision that was written, with what is inside, so that it is unpacked once and not at every
 * look.
 */
public record MintedRevision(Revision revision, GatewayConfig config) {

  /**
   * @throws io.warmgate.config.ConfigException where the revision cannot be opened
   */
  public static MintedRevision open(Revision revision) {
    return new MintedRevision(revision, revision.open());
  }

  public long number() {
    return revision.number();
  }
}
