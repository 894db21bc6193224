package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.CacheWarmupStatus;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.crd.v1alpha1.WarmupPhase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is listed is in the caches before a client asks for it: two real pods, a real Redis. */
class WarmupIT {
  private static final int LISTED = 20;

  /** A second, of everything that warms. */
  private static final int BUDGET = 40;

  @TempDir private static Path state;
  @AutoClose private static FaultCluster cluster;

  @AutoClose private ReleaseOrigin blue;
  @AutoClose private ReleaseOrigin green;

  @BeforeAll
  static void begin() throws IOException {
    cluster = FaultCluster.start(state, List.of(FaultCluster.sample("gateway.yaml")));
  }

  @BeforeEach
  void origins() throws IOException {
    blue = new ReleaseOrigin("v1");
    green = new ReleaseOrigin("v2");
  }

  private static void release(String version, ReleaseOrigin origin) {
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiRoute
        metadata: {name: items}
        spec:
          parentRefs: [{name: edge}]
          hostnames: [shop.example]
          version: %s
          rollout:
            warmup: {maxOriginRps: %d}
            analysis: {window: 1s}
            keepPreviousFor: 1s
          rules:
          - matches: [{path: {value: /items}}]
            backendRefs: [{url: "%s"}]
        """
            .formatted(version, BUDGET, origin.url()));
  }

  private static String list() {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < LISTED; i++) {
      list.append("http://shop.example/items/").append(i).append("\\n");
    }
    return list.toString();
  }

  private static Optional<CacheWarmupStatus> warmup() {
    return Optional.ofNullable(
            cluster
                .client()
                .resources(CacheWarmup.class)
                .inNamespace("default")
                .withName("items")
                .get())
        .map(CacheWarmup::getStatus);
  }

  private static Optional<RolloutStatus> rollout() {
    return Optional.ofNullable(
            cluster
                .client()
                .resources(ApiRoute.class)
                .inNamespace("default")
                .withName("items")
                .get()
                .getStatus())
        .map(ApiRouteStatus::rollout);
  }

  private static void everythingListedIsAHitOf(String release) throws IOException {
    for (int i = 0; i < LISTED; i++) {
      Answer answer = HttpConnection.ask(cluster.gateway(), "/items/" + i);
      assertThat(answer.body()).startsWith(release + " /items/" + i + " ");
      assertThat(answer.headers().get("cache-status")).startsWith("warmgate; hit");
    }
  }

  @Test
  void whatIsListedIsWarmBeforeAClientAsksNowAndAtTheNextRelease() throws IOException {
    release("v1", blue);
    cluster.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: items}
        data: {list: "%s"}
        ---
        apiVersion: warmgate.io/v1alpha1
        kind: CachePolicy
        metadata: {name: items}
        spec:
          targetRefs: [{kind: ApiRoute, name: items}]
          warmup: {sources: [{configMap: {name: items, key: list}}]}
        """
            .formatted(list()));
    cluster.settled();
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: CacheWarmup
        metadata: {name: items}
        spec:
          gatewayRef: {name: edge}
          sources:
          - {configMap: {name: items, key: list}}
          - {paths: [/elsewhere], host: shop.example}
          ttlSecondsAfterFinished: 5
        """);
    await()
        .atMost(PATIENCE)
        .until(() -> warmup().filter(now -> now.phase() == WarmupPhase.COMPLETED).isPresent());
    CacheWarmupStatus done = warmup().orElseThrow();
    assertThat(done.planned()).isEqualTo(LISTED + 1);
    assertThat(done.certified()).isEqualTo(LISTED);
    assertThat(done.failed()).as("no route takes it").isEqualTo(1);
    long asked = blue.requests();
    assertThat(asked)
        .as("once, or twice what the other pod did not find in Redis yet")
        .isBetween((long) LISTED, 2L * LISTED);
    assertThat(done.originRequests()).isEqualTo(asked);
    everythingListedIsAHitOf("v1");
    assertThat(blue.requests()).as("clients cost it nothing").isEqualTo(asked);

    release("v2", green);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                rollout()
                    .filter(now -> now.phase() == RolloutPhase.STEADY && now.failed() == null)
                    .isPresent());
    long warming = green.requests();
    assertThat(warming).isBetween((long) LISTED, 2L * LISTED);
    everythingListedIsAHitOf("v2");
    assertThat(green.requests()).as("clients cost it nothing").isEqualTo(warming);
    assertThat(green.peakPerSecond()).isLessThanOrEqualTo(BUDGET);
    await().atMost(PATIENCE).until(() -> warmup().isEmpty());
  }
}
