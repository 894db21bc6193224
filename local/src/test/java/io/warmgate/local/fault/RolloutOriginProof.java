package io.warmgate.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.local.fault.Load.OnBreak;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What releases cost their origin: promise 5. Both releases of a test are one machine's. It takes
 * too long for every build, and is run by its name: docs/testing.md.
 */
class RolloutOriginProof {
  private static final int ORIGIN_RPS = 100;

  /** How many routes are released at once, and how many requests of each are hot. */
  private static final int ROUTES = Integer.getInteger("warmgate.routes", 20);

  private static final int ITEMS = Integer.getInteger("warmgate.items", 30);

  /** How long a release waits for a person, whose entries live for a third of it or 30 s. */
  private static final Duration WAIT = Duration.ofSeconds(Integer.getInteger("warmgate.wait", 15));

  private static final Duration PEAK = Duration.ofSeconds(5);

  @TempDir private static Path state;
  @AutoClose private static FaultCluster cluster;

  private ReleaseOrigin blue;
  private ReleaseOrigin green;

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
  }

  @AfterEach
  void end() {
    blue.close();
    green.close();
  }

  private static String rollout(String more) {
    return """
    {warmup: {maxOriginRps: %d, topKeys: 150}, analysis: {window: 3s, maxP99IncreasePercent: 1000},\
     keepPreviousFor: 60s%s}\
    """
        .formatted(ORIGIN_RPS, more);
  }

  @Test
  void manyRoutesReleasedAtOnceShareOneBudget() {
    List<RolledRoute> routes =
        IntStream.range(0, ROUTES)
            .mapToObj(i -> new RolledRoute(cluster, "many-" + i, "/many-" + i))
            .toList();
    List<Releases> asked = new ArrayList<>();
    for (int i = 0; i < ROUTES; i++) {
      routes.get(i).release(blue, rollout(""));
      asked.add(new Releases("/many-" + i, ITEMS, "v1", Releases.Excuse.NONE));
    }
    cluster.settled();
    Load.Script script = random -> asked.get(random.nextInt(ROUTES)).next(random);
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, script)) {
      load.goesOn(200 * ROUTES);
      asked.forEach(Releases::hitRatio);
      double steady = steady(load);
      List<Double> before = asked.stream().map(Releases::hitRatio).toList();
      asked.forEach(each -> each.may("v2"));
      long begun = System.nanoTime();
      routes.forEach(route -> route.release(green, rollout("")));
      await()
          .atMost(FaultCluster.PATIENCE.multipliedBy(2))
          .until(
              () -> {
                load.check();
                return routes.stream().allMatch(RolloutOriginProof::isThrough);
              });
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      asked.forEach(each -> each.are(Set.of("v2")));
      asked.forEach(Releases::hitRatio);
      load.goesOn(100 * ROUTES);
      List<Double> after = asked.stream().map(Releases::hitRatio).toList();
      double peak = peak(begun);
      System.out.printf(
          "%d routes at once: all released after %.1f s; origin %.1f a second before, at most %.1f"
              + " in %d s (%.1f may); hit ratio %.3f before, %.3f after, of the coldest %.3f%n",
          ROUTES,
          took.toMillis() / 1e3,
          steady,
          peak,
          PEAK.toSeconds(),
          bound(steady),
          mean(before),
          mean(after),
          IntStream.range(0, ROUTES).mapToDouble(after::get).min().orElse(0));
      assertThat(peak).isLessThan(bound(steady));
      assertThat(mean(after)).isGreaterThan(mean(before) * 0.95);
      for (int i = 0; i < ROUTES; i++) {
        assertThat(after.get(i)).as("route %d", i).isGreaterThan(before.get(i) * 0.9);
      }
    } finally {
      routes.forEach(RolledRoute::delete);
    }
  }

  private static boolean isThrough(RolledRoute route) {
    Optional<RolloutStatus> status = route.status();
    assertThat(status.map(RolloutStatus::failed)).isEmpty();
    return status
        .filter(now -> now.phase() == RolloutPhase.STEADY && now.previous() != null)
        .isPresent();
  }

  @Test
  void entriesThatDieYoungAreThereAfterALongWait() {
    Duration fresh = Duration.ofSeconds(Math.min(30, WAIT.toSeconds() / 3));
    blue.freshFor(fresh);
    green.freshFor(fresh);
    var route = new RolledRoute(cluster, "young", "/young");
    route.release(blue, rollout(", promotion: Manual"));
    cluster.settled();
    var releases = new Releases("/young", 100, "v1", Releases.Excuse.NONE);
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      load.goesOn(4_000);
      goesOn(load, fresh);
      double _ = releases.hitRatio();
      double steady = steady(load);
      double before = releases.hitRatio();
      long begun = System.nanoTime();
      route.release(green, rollout(", promotion: Manual"));
      route.awaitPhase(RolloutPhase.AWAITING_PROMOTION);
      long waits = System.nanoTime();
      goesOn(load, WAIT);
      double keeping = OriginLoad.of(green).between(waits, System.nanoTime()).perSecond(WAIT);
      releases.may("v2");
      route.order("promote");
      route.awaitPhase(RolloutPhase.OBSERVING);
      releases.are(Set.of("v2"));
      double _ = releases.hitRatio();
      goesOn(load, Duration.ofSeconds(3));
      double after = releases.hitRatio();
      route.awaitPhase(RolloutPhase.STEADY);
      double peak = peak(begun);
      System.out.printf(
          "entries of %d s, a wait of %d s: hit ratio %.3f before, %.3f in the first 3 s; origin"
              + " %.1f a second before, at most %.1f in %d s (%.1f may), %.1f to keep it warm%n",
          fresh.toSeconds(),
          WAIT.toSeconds(),
          before,
          after,
          steady,
          peak,
          PEAK.toSeconds(),
          bound(steady),
          keeping);
      assertThat(after).isGreaterThan(before * 0.95);
      assertThat(peak).isLessThan(bound(steady));
    } finally {
      route.delete();
    }
  }

  /** Requests a second before anything is released. */
  private double steady(Load load) {
    long from = System.nanoTime();
    goesOn(load, PEAK);
    return OriginLoad.of(blue, green).between(from, System.nanoTime()).perSecond(PEAK);
  }

  private double peak(long from) {
    return OriginLoad.of(blue, green).between(from, System.nanoTime()).peakPerSecond(PEAK);
  }

  private static double bound(double steady) {
    return 1.2 * steady + ORIGIN_RPS;
  }

  private static double mean(List<Double> all) {
    return all.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static void goesOn(Load load, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await()
        .atMost(time.plus(FaultCluster.PATIENCE))
        .until(
            () -> {
              load.check();
              return System.nanoTime() - end > 0;
            });
  }
}
