package io.warmgate.local;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.warmgate.local.resource.Inventory;
import java.util.List;
import java.util.Map;

/**
 * The operator as a Deployment like any other, so that it is started, probed, restarted and logged
 * by the kubelet: a process of its own that knows no more of this machine than a kubeconfig.
 */
final class OperatorDeployment {
  /** Of the pod's own address. */
  private static final int HEALTH_PORT = 8080;

  static final String NAME = "warmgate-operator";
  private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/name", NAME);

  private OperatorDeployment() {}

  static Deployment of(StateFolder state) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace(Inventory.SYSTEM)
        .withName(NAME)
        .withLabels(LABELS)
        .endMetadata()
        .withNewSpec()
        .withReplicas(1)
        .withNewSelector()
        .withMatchLabels(LABELS)
        .endSelector()
        .withNewStrategy()
        .withType("Recreate")
        .endStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(LABELS)
        .endMetadata()
        .withNewSpec()
        .withAutomountServiceAccountToken(false)
        .withTerminationGracePeriodSeconds(10L)
        .addNewContainer()
        .withName("operator")
        .withImage("warmgate/operator:local")
        .withEnv(
            List.of(
                env("KUBECONFIG", state.kubeconfig().toString()),
                env("POD_NAMESPACE", Inventory.SYSTEM),
                env("WARMGATE_NAMESPACES", ""),
                env("WARMGATE_LEADER_ELECTION", "false"), // one replica, recreated
                env("WARMGATE_RUNTIME_IMAGE", "warmgate/runtime:local"),
                env("WARMGATE_REDIS_IMAGE", "redis:local"),
                env("WARMGATE_HEALTH_PORT", String.valueOf(HEALTH_PORT))))
        .withNewReadinessProbe()
        .withNewHttpGet()
        .withPath("/readyz")
        .withNewPort(HEALTH_PORT)
        .endHttpGet()
        .withPeriodSeconds(2)
        .endReadinessProbe()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static EnvVar env(String name, String value) {
    return new EnvVar(name, value, null);
  }
}
