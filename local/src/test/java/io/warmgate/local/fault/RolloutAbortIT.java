package io.warmgate.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.local.fault.Load.OnBreak;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The way back out of each state of a rollout, by order and by another spec, under load. */
class RolloutAbortIT {
  private static final Duration BOUND = Duration.ofSeconds(1);
  private static final String QUICK =
      "{warmup: {maxOriginRps: 200}, analysis: {window: 1s, maxP99IncreasePercent: 1000},"
          + " keepPreviousFor: 2s%s}";

  @TempDir private static Path state;
  @AutoClose private static FaultCluster cluster;
  private static ReleaseOrigin blue;
  private static RolledRoute route;
  private static int versions = 1;

  @BeforeAll
  static void begin() throws IOException {
    blue = new ReleaseOrigin("v1");
    cluster =
        FaultCluster.start(
            state,
            List.of(
                FaultCluster.sample("gateway.yaml"), RolledRoute.first("items", "/items", blue)));
    route = new RolledRoute(cluster, "items", "/items");
    System.out.printf(
        "%-24s%18s%18s%14s%14s%n",
        "aborted in", "decided after", "back after", "hits before", "hits then");
  }

  @AfterAll
  static void end() {
    blue.close();
  }

  /** How a rollout is made to stay where it is to be aborted. */
  enum Stand {
    /** Nobody could be answered by it: it waits for another spec. */
    PROVISIONING(RolloutPhase.PROVISIONING, "promotion: Manual"),
    WARMING(RolloutPhase.WARMING, "warmup: {maxOriginRps: 1}"),
    VERIFYING(
        RolloutPhase.VERIFYING,
        "warmup: {topKeys: 15, minCoveragePercent: 1}, analysis: {onInconclusive: Pause}"),
    AWAITING_PROMOTION(RolloutPhase.AWAITING_PROMOTION, "promotion: Manual"),
    SHIFTING_1(RolloutPhase.SHIFTING, "steps: [{weight: 1, hold: 10m}]"),
    SHIFTING_50(RolloutPhase.SHIFTING, "steps: [{weight: 50, hold: 10m}]"),
    SHIFTING_99(RolloutPhase.SHIFTING, "steps: [{weight: 99, hold: 10m}]"),
    OBSERVING(RolloutPhase.OBSERVING, "");

    private final RolloutPhase phase;
    private final String settings;

    Stand(RolloutPhase phase, String settings) {
      this.phase = phase;
      this.settings = settings;
    }

    void release(ReleaseOrigin green) {
      String warmup = settings.contains("warmup") ? "" : ", warmup: {maxOriginRps: 200}";
      String analysis =
          settings.contains("analysis")
              ? ""
              : ", analysis: {window: 60s, maxP99IncreasePercent: 1000}";
      String rollout = "{keepPreviousFor: 2s" + warmup + analysis + also() + "}";
      if (this == PROVISIONING) {
        route.releaseUnusable(green, rollout);
      } else {
        route.release(green, rollout);
      }
    }

    private String also() {
      return settings.isEmpty() ? "" : ", " + settings;
    }

    boolean isReached(RolloutStatus now) {
      return now.phase() == phase
          && (this != VERIFYING || now.pausedAt() != null)
          && (phase != RolloutPhase.SHIFTING || now.shiftingTo() == null);
    }
  }

  /** In four of the states, or in all of them where {@code -Dwarmgate.aborts=true} asks for it. */
  static Stream<Stand> stands() {
    return Boolean.getBoolean("warmgate.aborts")
        ? Stream.of(Stand.values())
        : Stream.of(Stand.PROVISIONING, Stand.WARMING, Stand.SHIFTING_50, Stand.OBSERVING);
  }

  @ParameterizedTest
  @MethodSource("stands")
  void anAbortIsBackOnAWarmReleaseWithinASecond(Stand stand) throws IOException {
    var watched = new Watched(Releases.Excuse.NONE);
    var releases = new Releases("/items", 200, "v1", watched);
    Map<RolloutPhase, Long> reached = new ConcurrentHashMap<>();
    try (ReleaseOrigin green = new ReleaseOrigin("v" + ++versions);
        Trail trail = new Trail(route, "v1", releases::are);
        Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      watched.reads(trail);
      load.goesOn(3_000);
      double _ = releases.hitRatio();
      load.goesOn(1_500);
      double before = releases.hitRatio();
      trail.next("v1", green.release());
      stand.release(green);
      route.awaitStatus(stand::isReached);
      load.goesOn(1_000);
      trail.reader(now -> reached.putIfAbsent(now.phase(), System.nanoTime()));
      long told = System.nanoTime();
      route.order("abort");
      awaitReached(reached, RolloutPhase.ROLLING_BACK);
      long decided = Objects.requireNonNull(reached.get(RolloutPhase.ROLLING_BACK));
      awaitReached(reached, RolloutPhase.STEADY);
      double _ = releases.hitRatio();
      load.goesOn(1_500);
      double then = releases.hitRatio();
      long back = Objects.requireNonNull(reached.get(RolloutPhase.STEADY));
      System.out.printf(
          "%-24s%15d ms%15d ms%14.3f%14.3f%n",
          stand, (decided - told) / 1_000_000, (back - decided) / 1_000_000, before, then);
      assertThat(Duration.ofNanos(back - decided)).isLessThan(BOUND);
      assertThat(then).isGreaterThan(before * 0.95);
      assertThat(route.failure().orElseThrow().reason()).isEqualTo("Aborted");
      await().until(() -> route.openOrder().isEmpty());
    }
  }

  private static void awaitReached(Map<RolloutPhase, Long> reached, RolloutPhase phase) {
    await().pollInterval(Duration.ofMillis(5)).until(() -> reached.containsKey(phase));
  }

  @Test
  void ofSeveralChangesDuringOneRolloutTheLastWinsAndTheOthersLeaveNothing() throws IOException {
    var changing = new RolledRoute(cluster, "changing", "/changing");
    var releases = new Releases("/changing", 100, "v1", Releases.Excuse.NONE);
    try (ReleaseOrigin first = new ReleaseOrigin("v1");
        ReleaseOrigin second = new ReleaseOrigin("v2");
        ReleaseOrigin third = new ReleaseOrigin("v3");
        ReleaseOrigin last = new ReleaseOrigin("v4")) {
      changing.release(first, "{}");
      await().until(() -> HttpConnection.ask(cluster.gateway(), "/changing/0").status() == 200);
      Set<String> old = changing.generations();
      try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
        load.goesOn(2_000);
        changing.release(second, "{warmup: {maxOriginRps: 1}}");
        String one = changing.awaitPhase(RolloutPhase.WARMING).release();
        await().until(() -> second.requests() > 0);
        old.addAll(changing.generations());
        releases.may("v3");
        changing.release(third, QUICK.formatted(", steps: [{weight: 50, hold: 10m}]"));
        changing.awaitStatus(Stand.SHIFTING_50::isReached);
        load.goesOn(500);
        old.addAll(changing.generations());
        releases.may("v4");
        changing.release(last, QUICK.formatted(""));
        changing.awaitStatus(now -> !now.release().equals(one));
        releases.are(Set.of("v4"));
        RolloutStatus end = changing.awaitStatus(now -> now.previous() == null);
        assertThat(end.phase()).isEqualTo(RolloutPhase.STEADY);
        assertThat(end.failed()).isNull();
        await()
            .untilAsserted(
                () ->
                    assertThat(Revisions.text(cluster.current()))
                        .contains(last.url())
                        .doesNotContain(first.url(), second.url(), third.url(), "\"shift\""));
        assertThat(old).hasSize(3);
        assertThat(changing.generations()).hasSize(1).doesNotContainAnyElementsOf(old);
        long asked = first.requests() + second.requests() + third.requests();
        load.goesOn(500);
        assertThat(first.requests() + second.requests() + third.requests()).isEqualTo(asked);
      }
      changing.delete();
    }
  }
}
