package io.warmgate.server;

import java.util.Arrays;

/**
 * What pods of a gateway know each other by, out of the mounted admin Secret. Prints none of it.
 */
public final class HandoverKeys {
  private final byte[] certificate;
  private final byte[] privateKey;
  private final byte[] token;

  /**
   * @param certificate PEM chain
   * @param privateKey PEM
   * @param token empty: no pod takes what another hands over
   */
  public HandoverKeys(byte[] certificate, byte[] privateKey, byte[] token) {
    this.certificate = certificate.clone();
    this.privateKey = privateKey.clone();
    this.token = token.clone();
  }

  public byte[] certificate() {
    return certificate.clone();
  }

  public byte[] privateKey() {
    return privateKey.clone();
  }

  public byte[] token() {
    return token.clone();
  }

  /** Whether nothing is another. */
  public boolean same(HandoverKeys other) {
    return sameCertificate(other) && Arrays.equals(token, other.token);
  }

  /** Whether a server that shows these may go on with the others. */
  public boolean sameCertificate(HandoverKeys other) {
    return Arrays.equals(certificate, other.certificate)
        && Arrays.equals(privateKey, other.privateKey);
  }

  @Override
  public String toString() {
    return "HandoverKeys[redacted]";
  }
}
