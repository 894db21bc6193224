package io.warmgate.config;

/**
 * Whose client certificates a listener takes: a connection with one that does not chain to the
 * authorities is not made.
 *
 * @param certificateAuthority PEM bundle
 */
public record ClientCertificates(Mode mode, ValueRef certificateAuthority) {

  /** Whether a client needs one. */
  public enum Mode {
    /** None is fine. */
    OPTIONAL,
    /** No connection is made without. */
    REQUIRED
  }

  public ClientCertificates {
    Check.present("mode", mode);
    Check.present("certificateAuthority", certificateAuthority);
  }
}
