package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.warmgate.local.kubelet.ContainerState.Ended;
import io.warmgate.local.kubelet.ContainerState.Running;
import io.warmgate.local.kubelet.ContainerState.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One container's life: started when it can be, watched, started again when it ends (with
 * back-off), stopped with grace.
 */
final class ContainerRun {
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Told of what becomes of the container; called without locks. */
  interface Listener {
    void changed();

    void event(boolean warning, String reason, String message);
  }

  private final Pod pod;
  private final Container container;
  private final ContainerLaunch launch;
  private final Listener listener;
  private final Thread thread;

  private ContainerState state = new Waiting("ContainerCreating", "");
  private Optional<Ended> last = Optional.empty();
  private int restarts;
  private @Nullable Process process;
  private boolean stopping;

  ContainerRun(Pod pod, Container container, ContainerLaunch launch, Listener listener) {
    this.pod = pod;
    this.container = container;
    this.launch = launch;
    this.listener = listener;
    String name = pod.getMetadata().getName() + "/" + container.getName();
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  synchronized ContainerView view() {
    return new ContainerView(container.getName(), container.getImage(), state, last, restarts);
  }

  private void run() {
    var backOff = RestartBackOff.NONE;
    try {
      while (true) {
        Instant from = Instant.now();
        @Nullable Process started = launch();
        if (started == null) {
          pause(RETRY);
          continue;
        }
        Ended ended = live(started, Instant.now());
        if (stopping() || !again(ended)) {
          set(ended);
          return;
        }
        backOff = backOff.ended(Duration.between(from, ended.at()));
        waitToRestart(ended, backOff.delay());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts the process; null when it cannot be started now, and the state says why. */
  private @Nullable Process launch() {
    try {
      Process started = launch.start(restarts());
      synchronized (this) {
        if (stopping) {
          started.destroyForcibly();
        }
        process = started;
      }
      return started;
    } catch (NotYet notYet) {
      var waiting = new Waiting(notYet.reason(), notYet.text());
      if (!view().state().equals(waiting)) {
        listener.event(true, "Failed", notYet.reason() + ": " + notYet.text());
      }
      set(waiting);
    } catch (IOException failed) {
      set(new Waiting("RunContainerError", String.valueOf(failed.getMessage())));
    }
    return null;
  }

  private Ended live(Process started, Instant since) throws InterruptedException {
    boolean waits = container.getStartupProbe() != null;
    boolean asked = container.getReadinessProbe() != null;
    set(new Running(since, started.pid(), !waits, !waits && !asked));
    listener.event(false, "Started", "Started container " + container.getName());
    try (var probes = new ContainerProbes(container, launch, new Verdicts(started))) {
      probes.start();
      int code = started.waitFor();
      return new Ended(code, code == 0 ? "Completed" : "Error", since, Instant.now());
    }
  }

  private boolean again(Ended ended) {
    String policy = pod.getSpec().getRestartPolicy();
    return policy == null
        || policy.equals("Always")
        || (policy.equals("OnFailure") && ended.exitCode() != 0);
  }

  private void waitToRestart(Ended ended, Duration delay) throws InterruptedException {
    synchronized (this) {
      last = Optional.of(ended);
      restarts++;
    }
    String exit = "exit code " + ended.exitCode();
    if (delay.isZero()) {
      set(ended);
    } else {
      String text = "back-off %d s restarting failed container".formatted(delay.toSeconds());
      set(new Waiting("CrashLoopBackOff", text));
      listener.event(true, "BackOff", "Back-off restarting container after " + exit);
      pause(delay);
    }
  }

  private synchronized int restarts() {
    return restarts;
  }

  private synchronized boolean stopping() {
    return stopping;
  }

  private synchronized void pause(Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    while (!stopping) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
    throw new InterruptedException("stopping");
  }

  private void set(ContainerState now) {
    boolean changed;
    synchronized (this) {
      changed = !state.equals(now);
      state = now;
    }
    if (changed) {
      listener.changed();
    }
  }

  /** Ends the container: SIGTERM, and SIGKILL after the grace. Returns when it has ended. */
  void stop(Duration grace) throws InterruptedException {
    @Nullable Process running;
    synchronized (this) {
      stopping = true;
      running = process;
      notifyAll();
    }
    if (running != null) {
      kill(running, grace);
    }
    thread.join();
  }

  private static void kill(Process running, Duration grace) throws InterruptedException {
    running.destroy();
    if (!running.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      running.destroyForcibly().waitFor();
    }
  }

  /** What the probes say of the run. */
  private final class Verdicts implements ContainerProbes.Verdicts {
    private final Process run;

    Verdicts(Process run) {
      this.run = run;
    }

    @Override
    public void started() {
      edit(now -> new Running(now.since(), now.pid(), true, container.getReadinessProbe() == null));
    }

    @Override
    public void ready(boolean ready, String why) {
      edit(now -> new Running(now.since(), now.pid(), now.started(), ready));
      if (!ready) {
        listener.event(true, "Unhealthy", "Readiness probe failed: " + why);
      }
    }

    @Override
    public void dead(String probe, String why) {
      listener.event(true, "Unhealthy", probe + " probe failed: " + why);
      listener.event(false, "Killing", container.getName() + " failed its " + probe + " probe");
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  kill(run, PodWorker.grace(pod));
                } catch (InterruptedException closing) {
                  Thread.currentThread().interrupt();
                }
              });
    }

    private void edit(java.util.function.UnaryOperator<Running> change) {
      if (view().state() instanceof Running running && running.pid() == run.pid()) {
        set(change.apply(running));
      }
    }
  }
}
