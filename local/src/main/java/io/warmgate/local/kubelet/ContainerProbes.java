package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.warmgate.local.kubelet.ProbeLoop.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A run's probes: the startup probe first, then liveness and readiness. */
final class ContainerProbes implements AutoCloseable {

  /** What the probes find. */
  interface Verdicts {
    void started();

    void ready(boolean ready, String why);

    void dead(String probe, String why);
  }

  private final Container container;
  private final ContainerLaunch launch;
  private final Verdicts verdicts;
  private final List<ProbeLoop> loops = new ArrayList<>();
  private boolean closed;

  ContainerProbes(Container container, ContainerLaunch launch, Verdicts verdicts) {
    this.container = container;
    this.launch = launch;
    this.verdicts = verdicts;
  }

  void start() {
    if (container.getStartupProbe() == null) {
      watch();
      return;
    }
    loop(
        Kind.STARTUP,
        container.getStartupProbe(),
        (passed, why) -> {
          if (passed) {
            verdicts.started();
            watch();
          } else {
            verdicts.dead("Startup", why);
          }
        });
  }

  private void watch() {
    loop(
        Kind.LIVENESS,
        container.getLivenessProbe(),
        (alive, why) -> {
          if (!alive) {
            verdicts.dead("Liveness", why);
          }
        });
    loop(Kind.READINESS, container.getReadinessProbe(), verdicts::ready);
  }

  private synchronized void loop(
      Kind kind, @Nullable Probe probe, BiConsumer<Boolean, String> verdict) {
    if (probe != null && !closed) {
      loops.add(new ProbeLoop(kind, probe, launch.probe(probe), verdict));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    loops.forEach(ProbeLoop::close);
  }
}
