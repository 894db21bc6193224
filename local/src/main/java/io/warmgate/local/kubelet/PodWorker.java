package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pod's life on this machine, on one thread: mounts, containers, status, end. */
final class PodWorker {
  private static final Logger log = LoggerFactory.getLogger(PodWorker.class);
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final Node node;
  private final Sources sources;
  private final KubeEvents events;
  private final String ip;
  private final Volumes volumes;
  private final List<ContainerRun> containers = new ArrayList<>();
  private final Thread thread;

  private Pod pod;
  private @Nullable PodStatus written;
  private boolean dirty = true;
  private @Nullable Duration end;

  PodWorker(KubernetesClient client, Node node, Sources sources, KubeEvents events, Pod pod) {
    this.client = client;
    this.node = node;
    this.sources = sources;
    this.events = events;
    this.pod = pod;
    this.written = pod.getStatus();
    this.ip = node.addresses().pod(pod.getMetadata().getUid());
    this.volumes = new Volumes(PodFolder.of(node.state(), pod));
    this.thread = Thread.ofVirtual().name(name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The pod has changed in the API. */
  synchronized void update(Pod now) {
    pod = now;
    if (now.getMetadata().getDeletionTimestamp() != null) {
      Long grace = now.getMetadata().getDeletionGracePeriodSeconds();
      terminate(grace == null ? grace(now) : Duration.ofSeconds(grace));
    }
  }

  /** The pod is to end; it has so long for it. */
  synchronized void terminate(Duration grace) {
    if (end == null || grace.compareTo(end) < 0) {
      end = grace;
      notifyAll();
    }
  }

  /** ConfigMaps or Secrets have changed. */
  void refresh() {
    try {
      volumes.refresh(pod(), contents());
    } catch (NotYet stale) {
      log.info("{}: {}; its volumes stay as they are", name(), stale.text());
    }
  }

  static Duration grace(Pod pod) {
    Long seconds = pod.getSpec().getTerminationGracePeriodSeconds();
    return seconds == null ? DEFAULT_GRACE : Duration.ofSeconds(seconds);
  }

  private void run() {
    try {
      if (mount()) {
        startContainers();
      }
      while (awaitChange()) {
        publish();
      }
      stop();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException failed) {
      log.error("{}", name(), failed);
    }
  }

  /** Mounts what can be mounted, waiting for what is missing; false when the pod is to end. */
  private boolean mount() throws InterruptedException {
    String said = "";
    while (ending() == null) {
      publish();
      try {
        if (!pod().getSpec().getInitContainers().isEmpty()) {
          throw new NotYet("FailedMount", "init containers are not supported on this machine");
        }
        volumes.refresh(pod(), contents());
        volumes.mount(pod());
        return true;
      } catch (NotYet missing) {
        if (!said.equals(missing.text())) {
          said = missing.text();
          events.warning(pod(), missing.reason(), said);
        }
        Thread.sleep(Duration.ofMillis(100));
      }
    }
    return false;
  }

  private void startContainers() {
    Pod now = pod();
    for (Container container : now.getSpec().getContainers()) {
      var launch = new ContainerLaunch(now, container, ip, node, sources);
      containers.add(new ContainerRun(now, container, launch, new Changes()));
    }
    containers.forEach(ContainerRun::start);
  }

  private VolumeContents contents() {
    return new VolumeContents(pod(), ip, sources);
  }

  private void publish() {
    PodStatus before = written;
    var views =
        containers.isEmpty()
            ? pod().getSpec().getContainers().stream().map(PodWorker::creating).toList()
            : containers.stream().map(ContainerRun::view).toList();
    PodStatus now = new PodStatuses(pod(), before, ip, Instant.now()).of(views);
    if (Objects.equals(before, now)) {
      return;
    }
    try {
      var meta = pod().getMetadata();
      client
          .resource(
              new PodBuilder()
                  .withNewMetadata()
                  .withNamespace(meta.getNamespace())
                  .withName(meta.getName())
                  .withUid(meta.getUid())
                  .endMetadata()
                  .withStatus(now)
                  .build())
          .patchStatus();
      written = now;
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != 404 && refused.getCode() != 409) {
        log.warn("{}: status: {}", name(), refused.getMessage());
      }
    }
  }

  private static ContainerView creating(Container container) {
    return new ContainerView(
        container.getName(),
        container.getImage(),
        new ContainerState.Waiting("ContainerCreating", ""),
        Optional.empty(),
        0);
  }

  private void stop() throws InterruptedException, IOException {
    Duration grace = Objects.requireNonNullElse(ending(), Duration.ZERO);
    if (!containers.isEmpty()) {
      events.normal(pod(), "Killing", "Stopping containers, " + grace.toSeconds() + " s of grace");
    }
    List<Thread> stops = new ArrayList<>();
    for (ContainerRun container : containers) {
      stops.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      container.stop(grace);
                    } catch (InterruptedException closing) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    while (stops.stream().anyMatch(Thread::isAlive)) {
      publish();
      Thread.sleep(Duration.ofMillis(50));
    }
    publish();
    remove();
    node.addresses().release(pod().getMetadata().getUid());
    VolumeFolder.delete(PodFolder.of(node.state(), pod()).base());
  }

  /** Tells the API server that the pod's containers have ended. */
  private void remove() {
    var meta = pod().getMetadata();
    try {
      Pod there = client.pods().inNamespace(meta.getNamespace()).withName(meta.getName()).get();
      if (there != null && there.getMetadata().getUid().equals(meta.getUid())) {
        client.resource(there).withGracePeriod(0).delete();
      }
    } catch (KubernetesClientException refused) {
      log.warn("{}: {}", name(), refused.getMessage());
    }
  }

  private synchronized boolean awaitChange() throws InterruptedException {
    while (!dirty && end == null) {
      wait();
    }
    dirty = false;
    return end == null;
  }

  private synchronized @Nullable Duration ending() {
    return end;
  }

  private synchronized Pod pod() {
    return pod;
  }

  private String name() {
    return pod().getMetadata().getNamespace() + "/" + pod().getMetadata().getName();
  }

  /** Waits until the pod's containers have ended. */
  void join() throws InterruptedException {
    thread.join();
  }

  private final class Changes implements ContainerRun.Listener {
    @Override
    public void changed() {
      synchronized (PodWorker.this) {
        dirty = true;
        PodWorker.this.notifyAll();
      }
    }

    @Override
    public void event(boolean warning, String reason, String message) {
      if (warning) {
        events.warning(pod(), reason, message);
      } else {
        events.normal(pod(), reason, message);
      }
    }
  }
}
