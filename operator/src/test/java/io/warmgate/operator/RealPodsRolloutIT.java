package io.warmgate.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.kube.RealKube;

/** New pods of a gateway against a real kube-apiserver. */
@RealKube
class RealPodsRolloutIT extends PodsRolloutSuite {
  private final KubernetesClient client;

  RealPodsRolloutIT(KubernetesClient client) {
    this.client = client;
  }

  @Override
  protected KubernetesClient client() {
    return client;
  }
}
