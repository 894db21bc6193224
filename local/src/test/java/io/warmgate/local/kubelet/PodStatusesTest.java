package io.warmgate.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.warmgate.local.kubelet.ContainerState.Ended;
import io.warmgate.local.kubelet.ContainerState.Running;
import io.warmgate.local.kubelet.ContainerState.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodStatusesTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final Ended FAILED = new Ended(3, "Error", NOW, NOW);

  @Test
  void waitsThenRunsThenIsReady() {
    PodStatus waiting = status(null, "Always", NOW, new Waiting("ErrImagePull", "no such image"));
    assertThat(waiting.getPhase()).isEqualTo("Pending");
    assertThat(waiting.getContainerStatuses().getFirst().getState().getWaiting().getReason())
        .isEqualTo("ErrImagePull");
    PodStatus running = status(waiting, "Always", NOW, new Running(NOW, 7, true, false));
    assertThat(running.getPhase()).isEqualTo("Running");
    assertThat(ready(running)).isEqualTo("False");
    PodStatus ready =
        status(running, "Always", NOW.plusSeconds(9), new Running(NOW, 7, true, true));
    assertThat(ready(ready)).isEqualTo("True");
    assertThat(transition(ready)).isEqualTo("2026-11-01T00:00:09Z");
    PodStatus later = status(ready, "Always", NOW.plusSeconds(60), new Running(NOW, 7, true, true));
    assertThat(later).isEqualTo(ready);
  }

  @Test
  void whatNeverStartsAgainIsFailedOrSucceeded() {
    assertThat(status(null, "Never", NOW, FAILED).getPhase()).isEqualTo("Failed");
    assertThat(status(null, "OnFailure", NOW, new Ended(0, "Completed", NOW, NOW)).getPhase())
        .isEqualTo("Succeeded");
    assertThat(status(null, "Always", NOW, FAILED).getPhase()).isEqualTo("Running");
  }

  @Test
  void aRestartShowsHowTheRunBeforeEnded() {
    var view =
        new ContainerView(
            "c", "image", new Waiting("CrashLoopBackOff", "10 s"), Optional.of(FAILED), 2);
    PodStatus status = new PodStatuses(pod("Always"), null, "127.1.0.1", NOW).of(List.of(view));
    assertThat(status.getPhase()).isEqualTo("Running");
    var container = status.getContainerStatuses().getFirst();
    assertThat(container.getRestartCount()).isEqualTo(2);
    assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(3);
  }

  private static PodStatus status(
      @Nullable PodStatus before, String policy, Instant now, ContainerState state) {
    var view = new ContainerView("c", "image", state, Optional.empty(), 0);
    return new PodStatuses(pod(policy), before, "127.1.0.1", now).of(List.of(view));
  }

  private static Pod pod(String policy) {
    return new PodBuilder().withNewSpec().withRestartPolicy(policy).endSpec().build();
  }

  private static String ready(PodStatus status) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals("Ready"))
        .findFirst()
        .orElseThrow()
        .getStatus();
  }

  private static String transition(PodStatus status) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals("Ready"))
        .findFirst()
        .orElseThrow()
        .getLastTransitionTime();
  }
}
