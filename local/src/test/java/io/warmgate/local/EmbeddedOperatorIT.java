package io.warmgate.local;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.warmgate.local.api.EmbeddedApiServer;
import io.warmgate.operator.OperatorSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The operator's suite against the embedded API server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedOperatorIT extends OperatorSuite {
  private final EmbeddedApiServer server =
      EmbeddedApiServer.start(EmbeddedApiServer.Options.defaults());
  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(server.kubeconfig())).build();

  @Override
  protected KubernetesClient client() {
    return client;
  }

  @AfterAll
  void stopServer() {
    client.close();
    server.close();
  }
}
