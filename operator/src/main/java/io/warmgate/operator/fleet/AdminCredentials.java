package io.warmgate.operator.fleet;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How operator and pods of one gateway know each other.
 *
 * @param trusted the certificates a pod may show: the gateway's own, and while it is being renewed
 *     the one before
 * @param token the operator's bearer token
 */
public record AdminCredentials(List<X509Certificate> trusted, String token) {
  public AdminCredentials {
    trusted = List.copyOf(trusted);
  }

  @Override
  public String toString() {
    return "AdminCredentials[" + trusted.size() + " certificates, token redacted]";
  }
}
