package io.warmgate.kube;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a client needs to know of an API server, as kubectl reads it.
 *
 * @param url of the server
 * @param authority the certificate that the server's is signed by, in PEM
 * @param token the bearer token
 */
record Kubeconfig(String url, String authority, String token) {
  String yaml() {
    return """
    apiVersion: v1
    kind: Config
    current-context: warmgate
    clusters:
    - name: warmgate
      cluster:
        server: %s
        certificate-authority-data: %s
    users:
    - name: warmgate
      user:
        token: %s
    contexts:
    - name: warmgate
      context:
        cluster: warmgate
        user: warmgate
        namespace: default
    """
        .formatted(
            url,
            Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII)),
            token);
  }

  @Override
  public String toString() {
    return "Kubeconfig[" + url + "]";
  }
}
