package io.warmgate.operator.fake;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.warmgate.operator.gather.Gatherer;
import io.warmgate.operator.identity.AdminIdentity;
import io.warmgate.operator.snapshot.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Deployment controller, scheduler and kubelet of one namespace, for gateways: as many Pods as each
 * Deployment asks for, each with a {@link FakePod} behind its address.
 */
public final class FakeKubelet implements AutoCloseable, ResourceEventHandler<Deployment> {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  /** Of this process: tests run in two at a time. */
  private static final String BLOCK = "127.%d.".formatted(30 + ProcessHandle.current().pid() % 30);

  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, FakePod> pods = new LinkedHashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
  private final SharedIndexInformer<Deployment> informer;
  private volatile Consumer<FakePod> prepared = pod -> {};

  public FakeKubelet(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.informer = client.apps().deployments().inNamespace(namespace).inform(this);
  }

  /** What is done with each pod before it starts. */
  public void prepare(Consumer<FakePod> with) {
    prepared = with;
  }

  @Override
  public void onAdd(Deployment deployment) {
    submit(deployment);
  }

  @Override
  public void onUpdate(Deployment before, Deployment now) {
    submit(now);
  }

  @Override
  public void onDelete(Deployment deployment, boolean unknownState) {
    if (!worker.isShutdown()) {
      worker.execute(() -> names(deployment.getMetadata().getName()).forEach(this::stop));
    }
  }

  private void submit(Deployment deployment) {
    if (!worker.isShutdown()) {
      worker.execute(() -> sync(deployment.getMetadata().getName()));
    }
  }

  private void sync(String name) {
    Deployment deployment = client.apps().deployments().inNamespace(namespace).withName(name).get();
    if (deployment == null) {
      return;
    }
    int wanted = deployment.getSpec().getReplicas();
    List<String> running = names(name);
    for (int i = running.size(); i < wanted; i++) {
      start(deployment);
    }
    for (String extra : running.subList(Math.min(wanted, running.size()), running.size())) {
      stop(extra);
    }
    report(deployment, wanted);
  }

  private synchronized List<String> names(String deployment) {
    return new ArrayList<>(
        pods.keySet().stream().filter(pod -> pod.startsWith(deployment + "-")).toList());
  }

  private void start(Deployment deployment) {
    String name = deployment.getMetadata().getName();
    int number = ADDRESSES.incrementAndGet();
    String address = BLOCK + number / 250 + "." + (number % 250 + 1);
    String gateway = deployment.getMetadata().getLabels().get(Labels.GATEWAY);
    Secret admin = client.secrets().inNamespace(namespace).withName(gateway + "-admin").get();
    Pod made =
        client
            .pods()
            .inNamespace(namespace)
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withName(name + "-" + number)
                    .withLabels(deployment.getSpec().getTemplate().getMetadata().getLabels())
                    .endMetadata()
                    .withSpec(deployment.getSpec().getTemplate().getSpec())
                    .build())
            .create();
    FakePod pod =
        FakePod.start(
            made.getMetadata().getUid(), address, new AdminIdentity(Gatherer.decoded(admin)));
    prepared.accept(pod);
    synchronized (this) {
      pods.put(made.getMetadata().getName(), pod);
    }
    Pod running =
        new PodBuilder(made)
            .withNewStatus()
            .withPhase("Running")
            .withPodIP(address)
            .addNewPodIP()
            .withIp(address)
            .endPodIP()
            .addNewContainerStatus()
            .withName("gateway")
            .withImage("fake")
            .withImageID("fake")
            .withReady(true)
            .withRestartCount(0)
            .withNewState()
            .withNewRunning()
            .withStartedAt(Instant.now().toString())
            .endRunning()
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();
    client.resource(running).updateStatus();
  }

  /** Ends a pod: its process, then its object. */
  public void stop(String name) {
    FakePod pod;
    synchronized (this) {
      pod = pods.remove(name);
    }
    if (pod != null) {
      pod.close();
    }
    List<StatusDetails> _ =
        client.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete();
  }

  private void report(Deployment deployment, int replicas) {
    if (deployment.getStatus() != null
        && Integer.valueOf(replicas).equals(deployment.getStatus().getReplicas())
        && deployment
            .getMetadata()
            .getGeneration()
            .equals(deployment.getStatus().getObservedGeneration())) {
      return;
    }
    try {
      client
          .resource(
              new DeploymentBuilder(deployment)
                  .withNewStatus()
                  .withObservedGeneration(deployment.getMetadata().getGeneration())
                  .withReplicas(replicas)
                  .withUpdatedReplicas(replicas)
                  .withReadyReplicas(replicas)
                  .withAvailableReplicas(replicas)
                  .endStatus()
                  .build())
          .updateStatus();
    } catch (KubernetesClientException e) {
      switch (e.getCode()) {
        case 404 -> {} // Deleted meanwhile.
        case 409 -> submit(deployment);
        default -> throw e;
      }
    }
  }

  /** The pods that run now, oldest first. */
  public synchronized List<FakePod> pods() {
    return List.copyOf(pods.values());
  }

  public synchronized List<String> names() {
    return List.copyOf(pods.keySet());
  }

  @Override
  public void close() {
    informer.close();
    worker.shutdownNow();
    pods().forEach(FakePod::close);
  }
}
