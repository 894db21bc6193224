package io.warmgate.local.kubelet;

import java.time.Instant;

/** Where a container is. */
sealed interface ContainerState {

  /** Not running, and to be started when what it waits for is there. */
  record Waiting(String reason, String message) implements ContainerState {}

  /**
   * A process.
   *
   * @param ready its readiness probe passes, or it has none and is started
   */
  record Running(Instant since, long pid, boolean started, boolean ready)
      implements ContainerState {}

  /** Ended, for good or until it is started again. */
  record Ended(int exitCode, String reason, Instant from, Instant at) implements ContainerState {}
}
