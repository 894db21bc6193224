package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Deployment's status: the figures that {@code kubectl rollout status} and {@code wait} read. */
final class DeploymentStatuses {
  private DeploymentStatuses() {}

  /** The status to write; empty where it is there already. */
  static Optional<Action> of(Deployment deployment, @Nullable ReplicaSet fresh, Snapshot snapshot) {
    List<Pod> pods =
        snapshot.replicaSetsOf(deployment).stream()
            .flatMap(set -> snapshot.podsOf(set).stream())
            .filter(Pods::active)
            .toList();
    List<Pod> updated =
        fresh == null ? List.of() : snapshot.podsOf(fresh).stream().filter(Pods::active).toList();
    Integer minReady = deployment.getSpec().getMinReadySeconds();
    int desired = DeploymentPlan.replicas(deployment.getSpec());
    int available =
        (int) pods.stream().filter(p -> Pods.available(p, minReady, snapshot.now())).count();
    var rolling = RollingUpdate.of(desired, null, maxUnavailable(deployment));
    boolean complete = updated.size() == desired && pods.size() == desired && available == desired;

    var status =
        new DeploymentStatusBuilder()
            .withObservedGeneration(deployment.getMetadata().getGeneration())
            .withReplicas(pods.size())
            .withUpdatedReplicas(updated.size())
            .withReadyReplicas((int) pods.stream().filter(Pods::ready).count())
            .withAvailableReplicas(available)
            .withUnavailableReplicas(Math.max(0, desired - available))
            .withConditions(
                available >= desired - rolling.maxUnavailable()
                    ? condition(
                        deployment, snapshot, "Available", "True", "MinimumReplicasAvailable")
                    : condition(
                        deployment, snapshot, "Available", "False", "MinimumReplicasUnavailable"),
                condition(
                    deployment,
                    snapshot,
                    "Progressing",
                    "True",
                    complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated"))
            .build();
    return Objects.equals(status, deployment.getStatus())
        ? Optional.empty()
        : Optional.of(
            new Action.WriteStatus(new DeploymentBuilder(deployment).withStatus(status).build()));
  }

  private static io.fabric8.kubernetes.api.model.@Nullable IntOrString maxUnavailable(
      Deployment deployment) {
    var strategy = deployment.getSpec().getStrategy();
    var rolling = strategy == null ? null : strategy.getRollingUpdate();
    return rolling == null ? null : rolling.getMaxUnavailable();
  }

  private static DeploymentCondition condition(
      Deployment deployment, Snapshot snapshot, String type, String value, String reason) {
    Optional<DeploymentCondition> before =
        deployment.getStatus() == null
            ? Optional.empty()
            : deployment.getStatus().getConditions().stream()
                .filter(c -> c.getType().equals(type))
                .findFirst();
    String now = Timestamp.of(snapshot.now());
    return new DeploymentConditionBuilder()
        .withType(type)
        .withStatus(value)
        .withReason(reason)
        .withMessage("")
        .withLastTransitionTime(
            before
                .filter(c -> c.getStatus().equals(value))
                .map(DeploymentCondition::getLastTransitionTime)
                .orElse(now))
        .withLastUpdateTime(
            before
                .filter(c -> c.getStatus().equals(value) && reason.equals(c.getReason()))
                .map(DeploymentCondition::getLastUpdateTime)
                .orElse(now))
        .build();
  }
}
