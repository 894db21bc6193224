package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.warmgate.local.kubelet.KubeEvents;
import io.warmgate.local.network.EndpointAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the plans: a change to anything in a namespace has the whole namespace read anew from the
 * API server (never from a cache that may lag behind our own writes), planned and written, one
 * namespace at a time.
 */
public final class WorkloadController implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkloadController.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789"; // as Kubernetes'

  private final KubernetesClient client;
  private final EndpointAddress form;
  private final KubeEvents events;
  private final DirtySet dirty = new DirtySet();
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

  public WorkloadController(KubernetesClient client, EndpointAddress form, KubeEvents events) {
    this.client = client;
    this.form = form;
    this.events = events;
  }

  /** Watches and works until it is closed. */
  public void start() {
    watch(client.apps().deployments().inAnyNamespace());
    watch(client.apps().statefulSets().inAnyNamespace());
    watch(client.apps().replicaSets().inAnyNamespace());
    watch(client.pods().inAnyNamespace());
    watch(client.services().inAnyNamespace());
    watch(client.discovery().v1().endpointSlices().inAnyNamespace());
    CompletableFuture.allOf(
            informers.stream()
                .map(informer -> informer.start().toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
    Thread.ofVirtual().name("workloads").start(this::run);
  }

  private <T extends HasMetadata> void watch(
      FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ? extends Resource<T>> all) {
    informers.add(
        all.runnableInformer(0)
            .addEventHandler(
                new ResourceEventHandler<T>() {
                  @Override
                  public void onAdd(T object) {
                    dirty.add(object.getMetadata().getNamespace());
                  }

                  @Override
                  public void onUpdate(T before, T now) {
                    dirty.add(now.getMetadata().getNamespace());
                  }

                  @Override
                  public void onDelete(T object, boolean finalStateUnknown) {
                    dirty.add(object.getMetadata().getNamespace());
                  }
                }));
  }

  private void run() {
    while (true) {
      String namespace;
      try {
        namespace = dirty.take();
      } catch (InterruptedException closed) {
        return;
      }
      if (namespace.isEmpty()) {
        return;
      }
      try {
        reconcile(namespace);
      } catch (RuntimeException failed) {
        log.warn("workloads of {}: {}", namespace, failed.getMessage());
        log.debug("workloads of {}", namespace, failed);
        dirty.addLater(namespace, RETRY);
      }
    }
  }

  private void reconcile(String namespace) {
    Snapshot snapshot = read(namespace);
    var actions = new ArrayList<Action>();
    actions.addAll(OrphanPlan.actions(snapshot));
    actions.addAll(new DeploymentPlan(snapshot).actions());
    actions.addAll(new ReplicaSetPlan(snapshot, WorkloadController::suffix).actions());
    actions.addAll(new StatefulSetPlan(snapshot).actions());
    actions.addAll(new EndpointSlicePlan(snapshot, form).actions());
    for (Action action : actions) {
      obey(action);
    }
    boolean waitsForTime =
        snapshot.replicaSets().stream()
                .anyMatch(set -> positive(set.getSpec().getMinReadySeconds()))
            || snapshot.statefulSets().stream()
                .anyMatch(set -> positive(set.getSpec().getMinReadySeconds()));
    if (waitsForTime) {
      dirty.addLater(namespace, Duration.ofSeconds(1));
    }
  }

  private static boolean positive(Integer seconds) {
    return seconds != null && seconds > 0;
  }

  private Snapshot read(String namespace) {
    return new Snapshot(
        list(client.apps().deployments(), namespace),
        list(client.apps().statefulSets(), namespace),
        list(client.apps().replicaSets(), namespace),
        list(client.pods(), namespace),
        list(client.services(), namespace),
        list(client.discovery().v1().endpointSlices(), namespace),
        Instant.now());
  }

  private static <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> list(
      MixedOperation<T, L, ? extends Resource<T>> kind, String namespace) {
    return kind.inNamespace(namespace).list().getItems();
  }

  private void obey(Action action) {
    try {
      switch (action) {
        case Action.Create(HasMetadata object, HasMetadata owner) -> {
          client.resource(object).create();
          if (object instanceof Pod) {
            events.normal(owner, "SuccessfulCreate", "Created " + Action.name(object));
          }
        }
        case Action.Delete(HasMetadata object, HasMetadata owner) -> {
          client.resource(object).delete();
          if (object instanceof Pod) {
            events.normal(owner, "SuccessfulDelete", "Deleted " + Action.name(object));
          }
        }
        case Action.Scale(var set, int replicas, HasMetadata owner) -> {
          client
              .apps()
              .replicaSets()
              .inNamespace(set.getMetadata().getNamespace())
              .withName(set.getMetadata().getName())
              .edit(
                  now -> {
                    now.getSpec().setReplicas(replicas);
                    return now;
                  });
          String verb = replicas > DeploymentPlan.replicas(set) ? "up" : "down";
          events.normal(
              owner,
              "ScalingReplicaSet",
              "Scaled %s %s to %d".formatted(verb, Action.name(set), replicas));
        }
        case Action.WriteStatus(HasMetadata object) -> client.resource(object).patchStatus();
        case Action.Replace(var slice) -> client.resource(slice).update();
      }
    } catch (KubernetesClientException refused) {
      // 404 and 409: the world has moved on; the event that says so brings the next plan
      if (refused.getCode() != 404 && refused.getCode() != 409) {
        throw refused;
      }
    }
  }

  private static String suffix() {
    return IntStream.range(0, 5)
        .map(_ -> ThreadLocalRandom.current().nextInt(SUFFIX_LETTERS.length()))
        .mapToObj(index -> SUFFIX_LETTERS.substring(index, index + 1))
        .collect(Collectors.joining());
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
    dirty.close();
  }
}
