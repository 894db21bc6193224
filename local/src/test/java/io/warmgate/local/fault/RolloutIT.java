package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.FailedRelease;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.local.fault.Load.OnBreak;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Releases of a route under load, with two real pods and a real Redis: promises 4 to 6. Every
 * answer is held against the releases that may serve.
 */
class RolloutIT {
  @TempDir private static Path state;
  @AutoClose private static FaultCluster cluster;

  private ReleaseOrigin blue;
  private ReleaseOrigin green;
  private String route;
  private static int routes;

  @BeforeAll
  static void begin() throws IOException {
    cluster =
        FaultCluster.start(
            state,
            List.of(
                FaultCluster.sample("gateway.yaml"),
                FaultCluster.sample("origin.yaml"),
                FaultCluster.sample("route.yaml")));
  }

  @BeforeEach
  void origins() throws IOException {
    blue = new ReleaseOrigin("v1");
    green = new ReleaseOrigin("v2");
    route = "items-" + routes++;
  }

  @AfterEach
  void end() {
    cluster.operatorBack();
    cluster.client().resources(ApiRoute.class).inNamespace("default").withName(route).delete();
    blue.close();
    green.close();
  }

  private void release(String version, String url, String rollout) {
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiRoute
        metadata: {name: %1$s}
        spec:
          parentRefs: [{name: edge}]
          version: %2$s
          rollout: %4$s
          rules:
          - matches: [{path: {value: /items}}]
            backendRefs: [{url: "%3$s"}]
        ---
        apiVersion: warmgate.io/v1alpha1
        kind: CachePolicy
        metadata: {name: items}
        spec:
          targetRefs: [{kind: ApiRoute, name: %1$s}]
        """
            .formatted(route, version, url, rollout));
  }

  private Resource<ApiRoute> resource() {
    return cluster.client().resources(ApiRoute.class).inNamespace("default").withName(route);
  }

  /** Empty before the first rollout. */
  private Optional<RolloutStatus> status() {
    return Optional.ofNullable(resource().get().getStatus()).map(ApiRouteStatus::rollout);
  }

  private RolloutStatus awaitPhase(RolloutPhase phase) {
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .pollInterval(Duration.ofMillis(50))
        .failFast(
            () -> {
              if (phase != RolloutPhase.STEADY) {
                assertThat(failure()).as("while %s was waited for", phase).isEmpty();
              }
            })
        .until(() -> status().filter(now -> now.phase() == phase).isPresent());
    return status().orElseThrow();
  }

  /** What was tried and left, once the rollout is over. */
  private Optional<FailedRelease> failure() {
    return status().filter(now -> now.phase() == RolloutPhase.STEADY).map(RolloutStatus::failed);
  }

  private void order(String order) {
    var _ =
        resource()
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"annotations\":{\"warmgate.io/rollout\":\"%s\"}}}"
                    .formatted(order));
  }

  /** One that is warmed within seconds, on a machine that is busy with other things too. */
  private static String rollout(String more) {
    return """
    {warmup: {maxOriginRps: 100, timeout: 60s}, keepPreviousFor: 60s,
     analysis: {window: 3s, maxP99IncreasePercent: 500}%s}\
    """
        .formatted(more);
  }

  private void begun() {
    release("v1", blue.url(), rollout(""));
    cluster.settled();
  }

  @Test
  void aReleaseIsWarmBeforeItHasTrafficAndTheWayBackIsWarmToo() {
    begun();
    var releases = new Releases("v1");
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      load.goesOn(4_000);
      double _ = releases.hitRatio();
      load.goesOn(2_000);
      double before = releases.hitRatio();
      release("v2", green.url(), rollout(", promotion: Manual"));
      RolloutStatus waiting = awaitPhase(RolloutPhase.AWAITING_PROMOTION);
      load.goesOn(500);
      long warming = green.requests();
      releases.may("v2");
      double _ = releases.hitRatio();
      order("promote");
      awaitPhase(RolloutPhase.OBSERVING);
      releases.isOver("v1");
      load.goesOn(2_000);
      double after = releases.hitRatio();
      awaitPhase(RolloutPhase.STEADY);
      releases.may("v1");
      long blueBefore = blue.requests();
      release("v1", blue.url(), rollout(", promotion: Manual"));
      awaitPhase(RolloutPhase.OBSERVING);
      releases.isOver("v2");
      double _ = releases.hitRatio();
      load.goesOn(1_000);
      double back = releases.hitRatio();
      System.out.printf(
          "hit ratio %.3f before, %.3f after the switch, %.3f after the way back; %d requests"
              + " warmed it (coverage %d %%), its origin's peak %.1f a second; the way back cost"
              + " %d%n",
          before,
          after,
          back,
          warming,
          Objects.requireNonNull(Objects.requireNonNull(waiting.warmup()).coveragePercent()),
          green.peakPerSecond(),
          blue.requests() - blueBefore);
      assertThat(after).isGreaterThan(before * 0.95);
      assertThat(back).isGreaterThan(before * 0.95);
    }
  }

  @Test
  void aReleaseThatFailsIsCaughtBeforeItHasTraffic() {
    green.failsOneIn(20);
    caught("requests to its backends failed");
  }

  @Test
  void aReleaseThatIsSlowIsCaught() {
    blue.takes(Duration.ofMillis(20));
    green.takes(Duration.ofMillis(300));
    caught("its backends' answers took up to");
  }

  @Test
  void aReleaseThatCannotBeWarmedIsLeft() {
    green.close();
    caught("After 20s its cache can answer");
  }

  private void caught(String why) {
    begun();
    var releases = new Releases("v1");
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      load.goesOn(5_000);
      release("v2", green.url(), rollout("").replace("timeout: 60s", "timeout: 20s"));
      await().atMost(PATIENCE.multipliedBy(2)).until(() -> failure().isPresent());
      load.goesOn(500);
      assertThat(failure().orElseThrow().message()).contains(why);
      System.out.println("caught: " + failure().orElseThrow());
    }
  }

  @Test
  void whileTheOperatorIsAwayNothingMovesAndThenItGoesOn() {
    begun();
    var releases = new Releases("v1");
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      load.goesOn(4_000);
      release("v2", green.url(), rollout(", promotion: Manual"));
      awaitPhase(RolloutPhase.WARMING);
      cluster.operatorAway();
      load.goesOn(1_000);
      cluster.operatorBack();
      awaitPhase(RolloutPhase.AWAITING_PROMOTION);
      releases.may("v2");
      order("promote");
      awaitPhase(RolloutPhase.OBSERVING);
      releases.isOver("v1");
      cluster.operatorAway();
      load.goesOn(1_000);
      cluster.operatorBack();
      awaitPhase(RolloutPhase.STEADY);
      load.goesOn(500);
      assertThat(failure()).isEmpty();
    }
  }

  @Test
  void anAbortAtHalfTheTrafficIsBackWithinASecond() {
    begun();
    var releases = new Releases("v1");
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      load.goesOn(4_000);
      releases.may("v2");
      release("v2", green.url(), rollout(", steps: [{weight: 50, hold: 10m}]"));
      awaitPhase(RolloutPhase.SHIFTING);
      load.goesOn(2_000);
      long told = System.nanoTime();
      order("abort");
      awaitPhase(RolloutPhase.STEADY);
      Duration took = Duration.ofNanos(System.nanoTime() - told);
      releases.isOver("v2");
      load.goesOn(1_000);
      System.out.printf("aborted at 50 %%: back after %d ms%n", took.toMillis());
      assertThat(took).isLessThan(Duration.ofSeconds(3));
    }
  }
}
