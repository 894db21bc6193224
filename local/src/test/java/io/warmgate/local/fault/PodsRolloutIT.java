package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiGatewayStatus;
import io.warmgate.crd.v1alpha1.FailedRelease;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.local.fault.Load.OnBreak;
import io.warmgate.operator.snapshot.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New pods of a gateway under load, with real pods and a real Redis: promises 5 and 6. */
class PodsRolloutIT {
  @TempDir private static Path state;
  @AutoClose private static FaultCluster cluster;
  @AutoClose private static ReleaseOrigin origin;

  @BeforeAll
  static void begin() throws IOException {
    origin = new ReleaseOrigin("v1");
    cluster =
        FaultCluster.start(
            state,
            List.of(
                FaultCluster.sample("gateway.yaml"),
                """
                apiVersion: warmgate.io/v1alpha1
                kind: ApiRoute
                metadata: {name: items}
                spec:
                  parentRefs: [{name: edge}]
                  rules:
                  - matches: [{path: {value: /items}}]
                    backendRefs: [{url: "%s"}]
                ---
                apiVersion: warmgate.io/v1alpha1
                kind: CachePolicy
                metadata: {name: items}
                spec:
                  targetRefs: [{kind: ApiRoute, name: items}]
                """
                    .formatted(origin.url())));
  }

  @AfterEach
  void end() {
    cluster.operatorBack();
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .until(() -> status().filter(now -> now.phase() == RolloutPhase.STEADY).isPresent());
  }

  /** Asks for pods of another image: each tag of the runtime's is built from this tree. */
  private static void image(String tag, String more) {
    patch(
        """
        {"spec": {"runtime": {"image": "warmgate/%s"}, "rollout": %s}}
        """
            .formatted(tag, rollout(more)));
  }

  /** One that is over within seconds. */
  private static String rollout(String more) {
    return """
    {"warmup": {"maxOriginRps": 100, "timeout": "60s"}, "analysis": {"window": "3s"},
     "keepPreviousFor": "%s", "promotion": "%s", "steps": %s}\
    """
        .formatted(
            more.contains("kept") ? "60s" : "3s",
            more.contains("manual") ? "Manual" : "Automatic",
            more.contains("half") ? "[{\"weight\": 50, \"hold\": \"10m\"}]" : "[]");
  }

  private static void patch(String json) {
    var _ = resource().patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  private static Resource<ApiGateway> resource() {
    return cluster.client().resources(ApiGateway.class).inNamespace("default").withName("edge");
  }

  private static Optional<RolloutStatus> status() {
    return Optional.ofNullable(resource().get().getStatus()).map(ApiGatewayStatus::rollout);
  }

  /** What the gateway says that it is doing. */
  private static String progressing() {
    return resource().get().getStatus().conditions().stream()
        .filter(condition -> condition.getType().equals("Progressing"))
        .map(Condition::getMessage)
        .findFirst()
        .orElse("");
  }

  private static RolloutStatus awaitPhase(RolloutPhase phase) {
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> status().filter(now -> now.phase() == phase).isPresent());
    return status().orElseThrow();
  }

  private static void order(String order) {
    patch("{\"metadata\":{\"annotations\":{\"warmgate.io/rollout\":\"%s\"}}}".formatted(order));
  }

  /** Every step of it has every pod. */
  private static void awaitShare(int percent) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                status()
                    .filter(now -> Objects.equals(now.percent(), percent))
                    .filter(now -> now.shiftingTo() == null)
                    .isPresent());
  }

  private static List<RunningPod> pods(String side) {
    return cluster
        .client()
        .pods()
        .inNamespace("default")
        .withLabel(Labels.SIDE, side)
        .list()
        .getItems()
        .stream()
        .filter(RunningPod::runs)
        .map(RunningPod::of)
        .toList();
  }

  @Test
  void newPodsAreWarmBeforeTheyHaveTrafficAndNoRequestIsLost() {
    String before = status().orElseThrow().release();
    var releases = new Releases("v1");
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      load.goesOn(2_000);
      double _ = releases.hitRatio();
      load.goesOn(2_000);
      double ratioBefore = releases.hitRatio();
      image("runtime:next", "manual");
      RolloutStatus waiting = awaitPhase(RolloutPhase.AWAITING_PROMOTION);
      assertThat(pods(Objects.requireNonNull(waiting.next()))).hasSize(2);
      order("promote");
      awaitPhase(RolloutPhase.OBSERVING);
      double _ = releases.hitRatio();
      load.goesOn(2_000);
      double ratioAfter = releases.hitRatio();
      awaitPhase(RolloutPhase.STEADY);
      await().atMost(PATIENCE).until(() -> pods(before).isEmpty());
      load.goesOn(500);
      System.out.printf(
          "new pods: hit ratio %.3f before, %.3f after; %s%n",
          ratioBefore, ratioAfter, waiting.warmup());
      assertThat(ratioAfter).isGreaterThan(ratioBefore * 0.95);
    }
  }

  @Test
  void anAbortAtHalfTheTrafficGivesItBackAtOnce() {
    String blue = status().orElseThrow().release();
    var releases = new Releases("v1");
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      load.goesOn(2_000);
      image("runtime:half", "half");
      awaitPhase(RolloutPhase.SHIFTING);
      awaitShare(50);
      load.goesOn(2_000);
      long told = System.nanoTime();
      order("abort");
      awaitPhase(RolloutPhase.STEADY);
      Duration took = Duration.ofNanos(System.nanoTime() - told);
      load.goesOn(1_000);
      System.out.printf("pods aborted at 50 %%: back after %d ms%n", took.toMillis());
      assertThat(took).isLessThan(Duration.ofSeconds(3));
      assertThat(status().orElseThrow().release()).isEqualTo(blue);
    }
  }

  /** Who hands a request over answers it by itself where nobody takes it. */
  @Test
  void newPodsThatAreKilledAtHalfTheTrafficLoseNothing() {
    var releases = new Releases("v1");
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      load.goesOn(2_000);
      image("runtime:killed", "half");
      RolloutStatus shifting = awaitPhase(RolloutPhase.SHIFTING);
      awaitShare(50);
      load.goesOn(1_000);
      pods(Objects.requireNonNull(shifting.next())).forEach(RunningPod::kill);
      load.goesOn(2_000);
      order("abort");
      awaitPhase(RolloutPhase.STEADY);
      load.goesOn(500);
    }
  }

  @Test
  void anImageThatIsNowhereIsSaidAndServesNobody() {
    String blue = status().orElseThrow().release();
    var releases = new Releases("v1");
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      image("nowhere:1", "");
      awaitPhase(RolloutPhase.PROVISIONING);
      await()
          .atMost(PATIENCE)
          .until(
              () -> progressing().matches("(?s).*0 of 2 pods of template .*warmgate/nowhere:1.*"));
      load.goesOn(1_000);
      Map<RolloutPhase, Long> reached = new ConcurrentHashMap<>();
      try (var _ = resource().inform(new Phases(reached))) {
        order("abort");
        await().atMost(PATIENCE).until(() -> reached.containsKey(RolloutPhase.STEADY));
      }
      Duration back =
          Duration.ofNanos(
              Objects.requireNonNull(reached.get(RolloutPhase.STEADY))
                  - Objects.requireNonNull(reached.get(RolloutPhase.ROLLING_BACK)));
      System.out.printf("pods aborted in Provisioning: back after %d ms%n", back.toMillis());
      assertThat(back).isLessThan(Duration.ofSeconds(1));
      FailedRelease failed = Objects.requireNonNull(status().orElseThrow().failed());
      assertThat(failed.reason()).isEqualTo("Aborted");
      assertThat(status().orElseThrow().release()).isEqualTo(blue);
      load.goesOn(500);
    }
  }

  /** When each phase was first written, in nanoseconds. */
  private record Phases(Map<RolloutPhase, Long> reached)
      implements ResourceEventHandler<ApiGateway> {
    @Override
    public void onAdd(ApiGateway gateway) {}

    @Override
    public void onUpdate(ApiGateway before, ApiGateway now) {
      Optional.ofNullable(now.getStatus())
          .map(ApiGatewayStatus::rollout)
          .ifPresent(rollout -> reached.putIfAbsent(rollout.phase(), System.nanoTime()));
    }

    @Override
    public void onDelete(ApiGateway gateway, boolean unknown) {}
  }
}
