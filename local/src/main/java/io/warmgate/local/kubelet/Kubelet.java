package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.warmgate.local.kubelet.workload.Timestamp;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs every pod of the cluster on this machine, the cluster's one node. */
public final class Kubelet implements AutoCloseable {
  /** The node's name. */
  public static final String NODE = "local";

  static final String NODE_ADDRESS = "127.0.0.1";

  private final KubernetesClient client;
  private final Node node;
  private final KubeEvents events;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
  private final SharedIndexInformer<ConfigMap> configMaps;
  private final SharedIndexInformer<Secret> secrets;
  private final SharedIndexInformer<Pod> pods;

  public Kubelet(KubernetesClient client, Node node, KubeEvents events) {
    this.client = client;
    this.node = node;
    this.events = events;
    this.configMaps =
        client.configMaps().inAnyNamespace().runnableInformer(0).addEventHandler(on(this::refresh));
    this.secrets =
        client.secrets().inAnyNamespace().runnableInformer(0).addEventHandler(on(this::refresh));
    this.pods = client.pods().inAnyNamespace().runnableInformer(0).addEventHandler(new OnPod());
  }

  /** Registers the node and takes on every pod there is and comes. */
  public void start() {
    register();
    var read = configMaps.start().toCompletableFuture();
    secrets.start().toCompletableFuture().join();
    read.join();
    pods.start().toCompletableFuture().join();
  }

  /** The machine's memory, in bytes. */
  static long machineMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }

  private void register() {
    String now = Timestamp.of(Instant.now());
    var capacity =
        Map.of(
            "cpu", new Quantity(String.valueOf(Runtime.getRuntime().availableProcessors())),
            "memory", new Quantity(String.valueOf(machineMemory())),
            "pods", new Quantity("1000"));
    var registered =
        new NodeBuilder()
            .withNewMetadata()
            .withName(NODE)
            .addToLabels("kubernetes.io/hostname", NODE)
            .addToLabels("kubernetes.io/os", "linux")
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .withNewStatus()
            .withCapacity(capacity)
            .withAllocatable(capacity)
            .addNewAddress(NODE_ADDRESS, "InternalIP")
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withReason("KubeletReady")
            .withMessage("pods are processes of this machine")
            .withLastHeartbeatTime(now)
            .withLastTransitionTime(now)
            .endCondition()
            .withNewNodeInfo()
            .withKubeletVersion("warmgate-local")
            .withOperatingSystem("linux")
            .withArchitecture(System.getProperty("os.arch"))
            .withOsImage(System.getProperty("os.name"))
            .withKernelVersion(System.getProperty("os.version"))
            .withContainerRuntimeVersion("process://1")
            .withBootID("")
            .withMachineID("")
            .withSystemUUID("")
            .withKubeProxyVersion("")
            .endNodeInfo()
            .endStatus()
            .build();
    if (client.nodes().withName(NODE).get() == null) {
      client.resource(registered).create();
    }
    client.resource(registered).patchStatus();
  }

  private void take(Pod pod) {
    String elsewhere = pod.getSpec().getNodeName();
    if (elsewhere != null && !elsewhere.isEmpty() && !elsewhere.equals(NODE)) {
      return;
    }
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    boolean over = "Succeeded".equals(phase) || "Failed".equals(phase);
    String uid = pod.getMetadata().getUid();
    PodWorker known = workers.get(uid);
    if (known != null) {
      known.update(pod);
    } else if (!over || pod.getMetadata().getDeletionTimestamp() != null) {
      var worker = new PodWorker(client, node, new Informed(), events, pod);
      workers.put(uid, worker);
      worker.update(pod);
      worker.start();
    }
  }

  private void refresh(HasMetadata changed) {
    String namespace = changed.getMetadata().getNamespace();
    for (Pod pod : pods.getStore().list()) {
      PodWorker worker = workers.get(pod.getMetadata().getUid());
      if (worker != null && pod.getMetadata().getNamespace().equals(namespace)) {
        worker.refresh();
      }
    }
  }

  /**
   * Ends every pod of this machine without a word to the API server's users: the cluster goes.
   *
   * @param grace how long a pod may take
   */
  public void stopPods(Duration grace) throws InterruptedException {
    pods.stop();
    workers.values().forEach(worker -> worker.terminate(grace));
    for (PodWorker worker : workers.values()) {
      worker.join();
    }
  }

  @Override
  public void close() {
    pods.stop();
    configMaps.stop();
    secrets.stop();
  }

  private static <T extends HasMetadata> ResourceEventHandler<T> on(Consumer<HasMetadata> change) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        change.accept(object);
      }

      @Override
      public void onUpdate(T before, T now) {
        change.accept(now);
      }

      @Override
      public void onDelete(T object, boolean finalStateUnknown) {
        // a mounted volume keeps what it had
      }
    };
  }

  private final class OnPod implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      take(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
      take(now);
    }

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
      PodWorker worker = workers.remove(pod.getMetadata().getUid());
      if (worker != null) {
        worker.terminate(PodWorker.grace(pod)); // an API server without graceful deletion
      }
    }
  }

  /** What the informers know; they may lag, and a pod that waits for an object asks again. */
  private final class Informed implements Sources {
    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
      return Optional.ofNullable(configMaps.getStore().getByKey(namespace + "/" + name));
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
      return Optional.ofNullable(secrets.getStore().getByKey(namespace + "/" + name));
    }
  }
}
