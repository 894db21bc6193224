package io.warmgate.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.operator.RolloutSuite;
import org.junit.jupiter.api.AutoClose;

/** Releases of routes against the embedded API server. */
class EmbeddedRolloutIT extends RolloutSuite {
  @AutoClose private static final EmbeddedKube KUBE = new EmbeddedKube();

  @Override
  protected KubernetesClient client() {
    return KUBE.client();
  }
}
