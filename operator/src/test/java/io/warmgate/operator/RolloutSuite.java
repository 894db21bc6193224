package io.warmgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Revision;
import io.warmgate.config.Shift;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ApiRouteStatus;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicyStatus;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.crd.v1alpha1.CacheWarmupStatus;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.crd.v1alpha1.ScheduledRun;
import io.warmgate.crd.v1alpha1.ScheduledRunPhase;
import io.warmgate.crd.v1alpha1.ScheduledWarmups;
import io.warmgate.crd.v1alpha1.WarmupPhase;
import io.warmgate.operator.fake.FakePod;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Releases of routes with an API server, whichever it is: pods are {@link FakePod}s that say what
 * they are asked for and warm what they are told. A subclass names the server.
 */
public abstract class RolloutSuite extends SuiteCluster {
  private static final String QUICK =
      "{analysis: {window: 1s}, keepPreviousFor: 3s, promotion: Manual}";

  private Optional<RolloutStatus> rollout(String route) {
    return Optional.ofNullable(cluster.get(ApiRoute.class, route).getStatus())
        .map(ApiRouteStatus::rollout);
  }

  private void awaitPhase(String route, RolloutPhase phase) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> rollout(route).map(RolloutStatus::phase).orElse(null) == phase);
  }

  /** Writes another version of a route, and how it is to go in. */
  private void version(String route, String version, String rollout) {
    cluster.apply(
        Yaml.route(route, "edge", "/" + route, "catalog")
            .replaceFirst(
                "(?m)^spec:$", "spec:\n  version: %s\n  rollout: %s".formatted(version, rollout)));
  }

  private static @Nullable Shift shift(FakePod pod) {
    Revision served = pod.revision();
    return served == null ? null : served.open().routes().getFirst().shift();
  }

  @Test
  void aReleaseIsWarmedBesideTheOneThatServesAndThenTakesOver() {
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> pods().size() == 2 && pods().stream().allMatch(pod -> routes(pod) == 1));
    pods().forEach(pod -> pod.asked(cluster.namespace() + "/shop", "/shop/1", "/shop/2"));
    version("shop", "v2", QUICK);
    awaitPhase("shop", RolloutPhase.AWAITING_PROMOTION);
    RolloutStatus waiting = rollout("shop").orElseThrow();
    assertThat(waiting.percent()).isZero();
    assertThat(Objects.requireNonNull(waiting.warmup()).certified()).isEqualTo(2);
    assertThat(routeStatus("shop", "Programmed")).isEqualTo("False/ReleaseNotServed");
    for (FakePod pod : pods()) {
      Shift shift = Objects.requireNonNull(shift(pod));
      assertThat(shift.from()).isEqualTo(waiting.release());
      assertThat(shift.to()).isEqualTo(waiting.next());
      assertThat(shift.percent()).isZero();
      assertThat(pod.warmed())
          .isNotEmpty()
          .allMatch(order -> order.release().equals(waiting.next()));
    }
    cluster.annotate(ApiRoute.class, "shop", "warmgate.io/rollout", "promote");
    awaitPhase("shop", RolloutPhase.STEADY);
    RolloutStatus end = rollout("shop").orElseThrow();
    assertThat(end.release()).isEqualTo(waiting.next());
    assertThat(Objects.requireNonNull(end.previous()).release()).isEqualTo(waiting.release());
    awaitProgrammed("shop");
    await()
        .untilAsserted(
            () ->
                assertThat(cluster.get(ApiRoute.class, "shop").getMetadata().getAnnotations())
                    .as("an order is given once")
                    .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        some -> assertThat(some).doesNotContainKey("warmgate.io/rollout")));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> pods().stream().allMatch(pod -> shift(pod) == null));
    assertThat(rollout("shop").orElseThrow().previous()).isNull();
  }

  @Test
  void aWarmupIsDoneOnceOfWhatServesAndGoesAfterItsTime() {
    cluster.apply(Yaml.warmup("first"));
    gateway(2);
    route("shop", "/shop");
    awaitProgrammed("shop");
    await().until(() -> pods().size() == 2 && pods().stream().allMatch(pod -> routes(pod) == 1));
    pods().forEach(pod -> pod.asked(cluster.namespace() + "/shop", "/shop/1", "/shop/2"));
    await().until(() -> warmup("first").phase() == WarmupPhase.PENDING);
    cluster.apply(Yaml.requests("/shop/2\n/shop/3 | Accept-Language: de\n/other\n"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> warmup("first").phase() == WarmupPhase.COMPLETED);
    CacheWarmupStatus done = warmup("first");
    assertThat(done.planned()).isEqualTo(5);
    assertThat(done.certified()).isEqualTo(4);
    assertThat(done.failed()).isEqualTo(1);
    assertThat(done.coveragePercent()).isEqualTo(100);
    assertThat(status(done.conditions(), "Completed")).isEqualTo("True/Completed");
    assertThat(pods())
        .allSatisfy(pod -> assertThat(pod.warmed()).allMatch(any -> any.release().isEmpty()));
    await().atMost(Duration.ofSeconds(20)).until(() -> cluster.list(CacheWarmup.class).isEmpty());
  }

  @Test
  void aScheduledTimeThatCameWhileTheOperatorWasAwayIsRunOnce() {
    gateway(1);
    route("shop", "/shop");
    cluster.apply(Yaml.scheduled("shop", "shop", "0 0 1 1 *"));
    awaitProgrammed("shop");
    pods().forEach(pod -> pod.asked(cluster.namespace() + "/shop", "/shop/1", "/shop/2"));
    await().until(() -> warmups("shop").nextRunAt() != null);
    assertThat(warmups("shop").lastRun()).isNull();
    cluster.apply(Yaml.scheduled("shop", "shop", "* * * * *"));
    String due = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
    cluster.stopOperator();
    CachePolicy _ =
        cluster
            .client()
            .resource(cluster.get(CachePolicy.class, "shop"))
            .editStatus(
                policy -> {
                  policy.setStatus(
                      new CachePolicyStatus(1L, null, new ScheduledWarmups(due, null), List.of()));
                  return policy;
                });
    cluster.restartOperator();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                Optional.ofNullable(warmups("shop").lastRun())
                    .filter(run -> run.phase() == ScheduledRunPhase.COMPLETED)
                    .isPresent());
    ScheduledRun run = Objects.requireNonNull(warmups("shop").lastRun());
    assertThat(run.certified()).isEqualTo(2);
    assertThat(run.coveragePercent()).isEqualTo(100);
    assertThat(Instant.parse(Objects.requireNonNull(warmups("shop").nextRunAt())))
        .isAfter(Instant.parse(due));
  }

  private ScheduledWarmups warmups(String policy) {
    CachePolicyStatus status = cluster.get(CachePolicy.class, policy).getStatus();
    return status == null || status.warmup() == null
        ? new ScheduledWarmups(null, null)
        : status.warmup();
  }

  private CacheWarmupStatus warmup(String name) {
    return Objects.requireNonNullElse(
        cluster.get(CacheWarmup.class, name).getStatus(),
        new CacheWarmupStatus(
            null, null, null, null, null, null, null, null, null, null, null, List.of()));
  }

  @Test
  void anAbortedReleaseIsLeftAndRememberedOverARestart() {
    gateway(1);
    route("shop", "/shop");
    awaitProgrammed("shop");
    version("shop", "v2", QUICK);
    awaitPhase("shop", RolloutPhase.AWAITING_PROMOTION);
    String blue = rollout("shop").orElseThrow().release();
    String green = Objects.requireNonNull(rollout("shop").orElseThrow().next());
    cluster.restartOperator();
    awaitPhase("shop", RolloutPhase.AWAITING_PROMOTION);
    cluster.annotate(ApiRoute.class, "shop", "warmgate.io/rollout", "abort");
    awaitPhase("shop", RolloutPhase.STEADY);
    cluster.restartOperator();
    cluster.awaitQuiet(KINDS);
    RolloutStatus end = rollout("shop").orElseThrow();
    assertThat(end.release()).isEqualTo(blue);
    assertThat(Objects.requireNonNull(end.failed()).release()).isEqualTo(green);
    assertThat(end.failed().reason()).isEqualTo("Aborted");
    await().until(() -> pods().stream().allMatch(pod -> shift(pod) == null));
  }
}
