package io.warmgate.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;

/**
 * As whom the pod asks an issuer: HTTP Basic, both parts encoded as forms are (RFC 6749 §2.3.1).
 * Never printed.
 */
final class ClientCredentials {
  private final String authorization;

  /**
   * @param secret white space around it does not count
   */
  ClientCredentials(String clientId, byte[] secret) {
    String pair = encoded(clientId) + ":" + encoded(new String(secret, UTF_8).strip());
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** The value of {@code Authorization}. */
  String authorization() {
    return authorization;
  }

  @Override
  public String toString() {
    return "ClientCredentials[redacted]";
  }
}
