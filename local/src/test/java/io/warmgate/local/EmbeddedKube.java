package io.warmgate.local;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.warmgate.local.api.EmbeddedApiServer;

/** An embedded API server, and a client of it. */
final class EmbeddedKube implements AutoCloseable {
  private final EmbeddedApiServer server =
      EmbeddedApiServer.start(EmbeddedApiServer.Options.defaults());
  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(server.kubeconfig())).build();

  KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
