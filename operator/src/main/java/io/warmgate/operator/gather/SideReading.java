package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.warmgate.operator.snapshot.Labels;
import io.warmgate.operator.snapshot.PodSide;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Deployment of a gateway's pods: pure. */
final class SideReading {
  private SideReading() {}

  /** Empty where it is being deleted, or is of no side. */
  static Optional<PodSide> of(Deployment deployment) {
    String side = deployment.getMetadata().getLabels().get(Labels.SIDE);
    if (side == null || deployment.getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    int desired = orZero(deployment.getSpec().getReplicas());
    DeploymentStatus status = deployment.getStatus();
    if (status == null) {
      return Optional.of(new PodSide(side, desired, 0, 0, false));
    }
    int pods = orZero(status.getReplicas());
    boolean seen =
        Objects.equals(status.getObservedGeneration(), deployment.getMetadata().getGeneration());
    return Optional.of(
        new PodSide(
            side,
            desired,
            pods,
            orZero(status.getReadyReplicas()),
            seen && pods == orZero(status.getUpdatedReplicas())));
  }

  private static int orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
