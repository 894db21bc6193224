package io.warmgate.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.kube.RealKube;

/** The suite against a real kube-apiserver. */
@RealKube
class RealModelIT extends ModelSuite {
  private final KubernetesClient client;

  RealModelIT(KubernetesClient client) {
    this.client = client;
  }

  @Override
  protected KubernetesClient client() {
    return client;
  }
}
