package io.warmgate.local.fault;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.warmgate.crd.v1alpha1.CacheInvalidation;
import io.warmgate.crd.v1alpha1.CacheInvalidationStatus;
import io.warmgate.crd.v1alpha1.InvalidationPhase;
import io.warmgate.crd.v1alpha1.InvalidationPods;
import java.util.List;
import java.util.Objects;

/** A {@code CacheInvalidation} of the gateway {@code edge}, as its status tells. */
final class Purge {
  private final Resource<CacheInvalidation> object;

  private Purge(Resource<CacheInvalidation> object) {
    this.object = object;
  }

  /**
   * Asks for one.
   *
   * @param deadline as Kubernetes writes it: {@code 30s}
   */
  static Purge of(FaultCluster cluster, String prefix, String deadline) {
    HasMetadata made =
        cluster
            .client()
            .resource(
                """
                apiVersion: warmgate.io/v1alpha1
                kind: CacheInvalidation
                metadata: {generateName: purge-, namespace: default}
                spec: {gatewayRef: {name: edge}, select: {prefix: %s}, deadline: %s}
                """
                    .formatted(prefix, deadline))
            .create();
    return new Purge(
        cluster
            .client()
            .resources(CacheInvalidation.class)
            .inNamespace("default")
            .withName(made.getMetadata().getName()));
  }

  /** Waits until it has come to this. */
  void ends(InvalidationPhase phase) {
    await().atMost(FaultCluster.PATIENCE).until(() -> status(), status -> status.phase() == phase);
  }

  boolean isUnderWay() {
    return status().phase() == InvalidationPhase.IN_PROGRESS;
  }

  /** Whether it stands in the log. */
  boolean isLogged() {
    return status().position() != null;
  }

  int answering() {
    return pods().answering();
  }

  int acknowledged() {
    return pods().acknowledged();
  }

  /** The pods that a purge that timed out names. */
  List<String> pending() {
    return pods().pending();
  }

  private InvalidationPods pods() {
    return Objects.requireNonNullElse(status().pods(), new InvalidationPods(0, 0, List.of()));
  }

  private CacheInvalidationStatus status() {
    return Objects.requireNonNullElseGet(
        object.get().getStatus(),
        () -> new CacheInvalidationStatus(null, null, null, null, null, null, null, List.of()));
  }
}
