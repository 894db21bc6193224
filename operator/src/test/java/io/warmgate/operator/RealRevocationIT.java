package io.warmgate.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.kube.RealKube;

/** The suite against a real kube-apiserver. */
@RealKube
class RealRevocationIT extends RevocationSuite {
  private final KubernetesClient client;

  RealRevocationIT(KubernetesClient client) {
    this.client = client;
  }

  @Override
  protected KubernetesClient client() {
    return client;
  }
}
