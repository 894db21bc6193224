package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.warmgate.operator.fleet.GatewayPod;
import io.warmgate.operator.fleet.GatewayPod.Containers;
import io.warmgate.operator.snapshot.Labels;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A pod's status, as far as it matters for asking the pod: pure. */
final class PodReading {
  private PodReading() {}

  static GatewayPod of(Pod pod) {
    String address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
    return new GatewayPod(
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        address == null || address.isEmpty() ? null : address,
        containers(pod),
        pod.getMetadata().getLabels().get(Labels.SIDE),
        waits(pod));
  }

  private static @Nullable String waits(Pod pod) {
    if (pod.getStatus() == null) {
      return null;
    }
    return pod.getStatus().getContainerStatuses().stream()
        .map(status -> status.getState() == null ? null : status.getState().getWaiting())
        .filter(Objects::nonNull)
        .map(
            waiting ->
                waiting.getMessage() == null
                    ? waiting.getReason()
                    : waiting.getReason() + ", " + waiting.getMessage())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static Containers containers(Pod pod) {
    if (pod.getStatus() == null) {
      return Containers.WAITING;
    }
    String phase = pod.getStatus().getPhase();
    if ("Succeeded".equals(phase) || "Failed".equals(phase)) {
      return Containers.ENDED;
    }
    List<ContainerStatus> statuses = pod.getStatus().getContainerStatuses();
    boolean runs = statuses.stream().anyMatch(PodReading::runs);
    boolean leaves = pod.getMetadata().getDeletionTimestamp() != null;
    boolean ended = !statuses.isEmpty() && statuses.stream().allMatch(PodReading::ended);
    if (runs) {
      return Containers.RUNNING;
    }
    return leaves && ended ? Containers.ENDED : Containers.WAITING;
  }

  private static boolean runs(ContainerStatus status) {
    return status.getState() != null && status.getState().getRunning() != null;
  }

  private static boolean ended(ContainerStatus status) {
    return status.getState() != null && status.getState().getTerminated() != null;
  }
}
