package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.warmgate.local.kubelet.workload.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A pod's status out of its containers' states. */
final class PodStatuses {
  private final Pod pod;
  private final @Nullable PodStatus before;
  private final String ip;
  private final Instant now;

  /**
   * For this pod.
   *
   * @param before the status last written; conditions keep their transition times
   */
  PodStatuses(Pod pod, @Nullable PodStatus before, String ip, Instant now) {
    this.pod = pod;
    this.before = before;
    this.ip = ip;
    this.now = now;
  }

  PodStatus of(List<ContainerView> containers) {
    boolean initialized = !containers.isEmpty();
    String unready =
        containers.stream()
            .filter(container -> !ready(container.state()))
            .map(ContainerView::name)
            .collect(Collectors.joining(" "));
    boolean ready = initialized && unready.isEmpty();
    String because = ready ? "" : "containers with unready status: [" + unready + "]";
    return new PodStatusBuilder()
        .withPhase(phase(containers))
        .withPodIP(ip)
        .addNewPodIP(ip)
        .withHostIP(Kubelet.NODE_ADDRESS)
        .withStartTime(
            before != null && before.getStartTime() != null
                ? before.getStartTime()
                : Timestamp.of(now))
        .withConditions(
            condition("PodScheduled", true, ""),
            condition("Initialized", true, ""),
            condition("ContainersReady", ready, because),
            condition("Ready", ready, because))
        .withContainerStatuses(containers.stream().map(this::status).toList())
        .build();
  }

  private String phase(List<ContainerView> containers) {
    String policy = pod.getSpec().getRestartPolicy();
    boolean done =
        !containers.isEmpty()
            && containers.stream().allMatch(c -> c.state() instanceof ContainerState.Ended)
            && !(policy == null || policy.equals("Always"));
    if (done) {
      return containers.stream().allMatch(c -> code(c.state()) == 0) ? "Succeeded" : "Failed";
    }
    boolean begun =
        !containers.isEmpty()
            && containers.stream()
                .allMatch(
                    c ->
                        !(c.state() instanceof ContainerState.Waiting)
                            || c.restarts() > 0
                            || c.last().isPresent());
    return begun ? "Running" : "Pending";
  }

  private static int code(ContainerState state) {
    return state instanceof ContainerState.Ended ended ? ended.exitCode() : 0;
  }

  private static boolean ready(ContainerState state) {
    return state instanceof ContainerState.Running running && running.ready();
  }

  private PodCondition condition(String type, boolean value, String message) {
    String text = value ? "True" : "False";
    Optional<PodCondition> same =
        before == null
            ? Optional.empty()
            : before.getConditions().stream()
                .filter(c -> c.getType().equals(type) && c.getStatus().equals(text))
                .findFirst();
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(text)
        .withReason(value ? null : "ContainersNotReady")
        .withMessage(value ? null : message)
        .withLastTransitionTime(
            same.map(PodCondition::getLastTransitionTime).orElse(Timestamp.of(now)))
        .build();
  }

  private ContainerStatus status(ContainerView container) {
    var status =
        new ContainerStatusBuilder()
            .withName(container.name())
            .withImage(container.image())
            .withImageID("local/" + container.image())
            .withRestartCount(container.restarts())
            .withReady(ready(container.state()));
    switch (container.state()) {
      case ContainerState.Waiting(String reason, String message) ->
          status.withStarted(false).withNewState().withNewWaiting(message, reason).endState();
      case ContainerState.Running running ->
          status
              .withContainerID("process://" + running.pid())
              .withStarted(running.started())
              .withNewState()
              .withNewRunning(Timestamp.of(running.since()))
              .endState();
      case ContainerState.Ended ended ->
          status
              .withStarted(false)
              .withNewState()
              .withNewTerminated()
              .withExitCode(ended.exitCode())
              .withReason(ended.reason())
              .withStartedAt(Timestamp.of(ended.from()))
              .withFinishedAt(Timestamp.of(ended.at()))
              .endTerminated()
              .endState();
    }
    container
        .last()
        .ifPresent(
            ended ->
                status
                    .withNewLastState()
                    .withNewTerminated()
                    .withExitCode(ended.exitCode())
                    .withReason(ended.reason())
                    .withStartedAt(Timestamp.of(ended.from()))
                    .withFinishedAt(Timestamp.of(ended.at()))
                    .endTerminated()
                    .endLastState());
    return status.build();
  }
}
