package io.warmgate.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.operator.PodsRolloutSuite;
import org.junit.jupiter.api.AutoClose;

/** New pods of a gateway against the embedded API server. */
class EmbeddedPodsRolloutIT extends PodsRolloutSuite {
  @AutoClose private static final EmbeddedKube KUBE = new EmbeddedKube();

  @Override
  protected KubernetesClient client() {
    return KUBE.client();
  }
}
