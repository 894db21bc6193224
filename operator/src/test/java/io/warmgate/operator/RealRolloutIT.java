package io.warmgate.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.kube.RealKube;

/** Releases of routes against a real kube-apiserver. */
@RealKube
class RealRolloutIT extends RolloutSuite {
  private final KubernetesClient client;

  RealRolloutIT(KubernetesClient client) {
    this.client = client;
  }

  @Override
  protected KubernetesClient client() {
    return client;
  }
}
