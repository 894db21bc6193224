package io.warmgate.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.operator.GrantSuite;
import org.junit.jupiter.api.AutoClose;

/** The operator's suite against the embedded API server. */
class EmbeddedGrantIT extends GrantSuite {
  @AutoClose private static final EmbeddedKube KUBE = new EmbeddedKube();

  @Override
  protected KubernetesClient client() {
    return KUBE.client();
  }
}
