package io.warmgate.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.operator.AccessSuite;
import org.junit.jupiter.api.AutoClose;

/** The operator's suite against the embedded API server. */
class EmbeddedAccessIT extends AccessSuite {
  @AutoClose private static final EmbeddedKube KUBE = new EmbeddedKube();

  @Override
  protected KubernetesClient client() {
    return KUBE.client();
  }
}
