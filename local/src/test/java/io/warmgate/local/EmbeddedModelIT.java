package io.warmgate.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.operator.ModelSuite;
import org.junit.jupiter.api.AutoClose;

/** The operator's suite against the embedded API server. */
class EmbeddedModelIT extends ModelSuite {
  @AutoClose private static final EmbeddedKube KUBE = new EmbeddedKube();

  @Override
  protected KubernetesClient client() {
    return KUBE.client();
  }
}
