package io.warmgate.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether an API server is ready by its own word ({@code /readyz}). */
final class Readiness implements AutoCloseable {
  private final String url;
  private final String token;
  private final Path certificate;
  private @Nullable KubernetesClient client;

  /**
   * @param url of the server
   * @param token of its administrator
   * @param certificate the file that the server writes its self-signed certificate to
   */
  Readiness(String url, String token, Path certificate) {
    this.url = url;
    this.token = token;
    this.certificate = certificate;
  }

  /** Asks once. */
  boolean isReady() {
    if (client == null) {
      if (!Files.exists(certificate) || !certificate().endsWith("-----END CERTIFICATE-----\n")) {
        return false;
      }
      Config config = Config.fromKubeconfig(kubeconfig().yaml());
      config.setRequestRetryBackoffLimit(0);
      client = new KubernetesClientBuilder().withConfig(config).build();
    }
    try {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  /** How to reach the server, once it is ready. */
  Kubeconfig kubeconfig() {
    return new Kubeconfig(url, certificate(), token);
  }

  private String certificate() {
    try {
      return Files.readString(certificate, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
