package io.warmgate.server.access;

/**
 * What who asks is decided with, beside the configuration.
 *
 * @param revoked what was taken back since
 * @param counts what came of it
 */
public record AccessParts(Revoked revoked, AuthCounts counts) {

  /** Nothing is revoked, and nobody reads the counts. */
  public AccessParts() {
    this(Revoked.NOTHING, new AuthCounts());
  }
}
