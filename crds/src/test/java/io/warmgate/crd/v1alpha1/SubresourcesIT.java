package io.warmgate.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.kube.RealKube;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Status, scale and immutability, as a real API server has them. */
@RealKube
class SubresourcesIT {
  private final KubernetesClient client;

  SubresourcesIT(KubernetesClient client) {
    this.client = client;
  }

  @BeforeAll
  static void install(KubernetesClient client) {
    Manifests.install(client);
  }

  @Test
  void aStatusIsWrittenByItselfAndReadBack() {
    ApiGateway gateway = gateway("with-status");
    gateway.setStatus(status());
    ApiGateway written = client.resource(gateway).updateStatus();
    assertThat(written.getStatus()).isEqualTo(status());
    assertThat(written.getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  void scaleWritesReplicasAndReadsTheStatus() {
    ApiGateway gateway = gateway("to-scale");
    gateway.setStatus(status());
    client.resource(gateway).updateStatus();
    var scale = client.resource(gateway).scale();
    assertThat(scale.getStatus().getReplicas()).isEqualTo(2);
    assertThat(scale.getStatus().getSelector()).isEqualTo("app=edge");
    client.resource(gateway).scale(5);
    assertThat(client.resource(gateway).get().getSpec().replicas()).isEqualTo(5);
  }

  @Test
  void aCacheInvalidationCannotBeChanged() {
    CacheInvalidation purge =
        create(
            """
            apiVersion: warmgate.io/v1alpha1
            kind: CacheInvalidation
            metadata: {name: once}
            spec:
              gatewayRef: {name: edge}
              select: {prefix: /a}
            """,
            CacheInvalidation.class);
    CacheInvalidationSpec spec = purge.getSpec();
    purge.setSpec(
        new CacheInvalidationSpec(
            spec.gatewayRef(),
            spec.select(),
            spec.mode(),
            spec.dryRun(),
            ApiDuration.of("5s"),
            spec.ttlSecondsAfterFinished()));
    assertThatThrownBy(() -> client.resource(purge).update())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("cannot be changed: make a new one");
  }

  @Test
  void aCacheWarmupCannotBeChanged() {
    CacheWarmup warmup =
        create(
            """
            apiVersion: warmgate.io/v1alpha1
            kind: CacheWarmup
            metadata: {name: once}
            spec:
              gatewayRef: {name: edge}
              routeSelector: {matchLabels: {tier: hot}}
              sources: [{paths: [/]}]
            """,
            CacheWarmup.class);
    CacheWarmupSpec spec = warmup.getSpec();
    warmup.setSpec(
        new CacheWarmupSpec(
            spec.gatewayRef(),
            spec.routes(),
            spec.routeSelector(),
            spec.sources(),
            ApiDuration.of("5s"),
            spec.ttlSecondsAfterFinished()));
    assertThatThrownBy(() -> client.resource(warmup).update())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("cannot be changed: make a new one");
  }

  @Test
  void aConsumersNameIsShortEnoughForALabel() {
    assertThatThrownBy(
            () ->
                create(
                    """
                    apiVersion: warmgate.io/v1alpha1
                    kind: ApiConsumer
                    metadata: {name: %s}
                    spec: {gatewayRef: {name: edge}, keys: [{name: main}]}
                    """
                        .formatted("a".repeat(64)),
                    ApiConsumer.class))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("metadata.name: at most 63");
  }

  private static ApiGatewayStatus status() {
    return new ApiGatewayStatus(
        1L,
        2,
        "app=edge",
        new RevisionStatus(3L, 2L),
        new PodCounts(2, 1),
        null,
        List.of(new ListenerStatus("http", 0)),
        List.of("10.0.0.1"),
        List.of(
            new ConditionBuilder()
                .withType(ConditionType.READY.wire())
                .withStatus("True")
                .withReason(ConditionReason.READY.wire())
                .withMessage("2 pods answer")
                .withLastTransitionTime("2026-11-23T00:00:00Z")
                .withObservedGeneration(1L)
                .build()));
  }

  private ApiGateway gateway(String name) {
    return create(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiGateway
        metadata: {name: %s}
        spec:
          listeners: [{name: http, port: 8080, protocol: HTTP}]
        """
            .formatted(name),
        ApiGateway.class);
  }

  private <T extends HasMetadata> T create(String yaml, Class<T> type) {
    return client.resource(Serialization.unmarshal(yaml, type)).inNamespace("default").create();
  }
}
