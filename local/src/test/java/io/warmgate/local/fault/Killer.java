package io.warmgate.local.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Kills at once, and has another come instead. */
final class Killer {
  private static final Duration OUTAGE = Duration.ofMillis(500);

  private final FaultCluster cluster;
  private final Outages outages = new Outages();

  Killer(FaultCluster cluster) {
    this.cluster = cluster;
  }

  /** When backends were away. */
  Outages outages() {
    return outages;
  }

  /**
   * @param backend of the new release
   * @return false where it was not there to be killed, or another of its kind was just away
   */
  boolean kill(Kill.Victim victim, ReleaseOrigin backend) {
    return switch (victim) {
      case OPERATOR -> replaced(cluster.operators());
      case GATEWAY -> gateway();
      case REDIS -> replaced(cluster.redis().stream().toList());
      case BACKEND -> away(backend);
    };
  }

  /** One of two: never the last that serves. */
  private boolean gateway() {
    List<RunningPod> serving = cluster.gateways().stream().filter(RunningPod::serves).toList();
    return serving.size() == 2
        && replaced(List.of(serving.get(ThreadLocalRandom.current().nextInt(2))));
  }

  private boolean replaced(List<RunningPod> pods) {
    pods.forEach(cluster::replace);
    return !pods.isEmpty();
  }

  /** One at a time. */
  private synchronized boolean away(ReleaseOrigin backend) {
    outages.begins();
    try {
      backend.goesDown();
      LockSupport.parkNanos(OUTAGE.toNanos());
      backend.comesBack();
      return true;
    } catch (IOException taken) {
      throw new IllegalStateException("its port is somebody else's now", taken);
    } finally {
      outages.isOver();
    }
  }
}
