package io.warmgate.local.fault;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A pod and its one process.
 *
 * @param terminating whether it is being deleted
 * @param restarts how often its container was started again
 */
record RunningPod(
    String namespace,
    String name,
    String ip,
    long process,
    boolean ready,
    boolean terminating,
    int restarts) {

  /** A pod whose container runs. */
  static RunningPod of(Pod pod) {
    var container = pod.getStatus().getContainerStatuses().getFirst();
    String id = container.getContainerID();
    return new RunningPod(
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        pod.getStatus().getPodIP(),
        Long.parseLong(id.substring(id.lastIndexOf('/') + 1)),
        container.getReady(),
        pod.getMetadata().getDeletionTimestamp() != null,
        container.getRestartCount());
  }

  static boolean runs(Pod pod) {
    var status = pod.getStatus();
    return status != null
        && !status.getContainerStatuses().isEmpty()
        && status.getContainerStatuses().getFirst().getContainerID() != null;
  }

  /** Takes requests: not going, and ready. */
  boolean serves() {
    return ready && !terminating;
  }

  InetSocketAddress at(int port) {
    return new InetSocketAddress(ip, port);
  }

  /** At once, without a word: SIGKILL. */
  void kill() {
    signal("KILL");
  }

  /** Holds it as it is: SIGSTOP. */
  void hold() {
    signal("STOP");
  }

  /** Lets it go on: SIGCONT. */
  void release() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process)).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("no process " + process + " of " + this.name);
      }
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
