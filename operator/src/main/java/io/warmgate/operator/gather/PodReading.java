package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.warmgate.operator.fleet.GatewayPod;
import io.warmgate.operator.fleet.GatewayPod.Containers;
import java.util.List;

/** A pod's status, as far as it matters for asking the pod: pure. */
final class PodReading {
  private PodReading() {}

  static GatewayPod of(Pod pod) {
    String address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
    return new GatewayPod(
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        address == null || address.isEmpty() ? null : address,
        containers(pod));
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
