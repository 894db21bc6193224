package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import io.warmgate.local.fault.Load.OnBreak;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
  private RolledRoute route;
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
    route = new RolledRoute(cluster, "items-" + routes++, "/items");
  }

  @AfterEach
  void end() {
    cluster.operatorBack();
    route.delete();
    blue.close();
    green.close();
  }

  /** Where blue's answers take longer because the machine is busy. */
  private static final String PATIENT = "maxP99IncreasePercent: 500";

  /** One that is warmed within seconds, on a machine that is busy with other things too. */
  private static String rollout(String more) {
    return """
    {warmup: {maxOriginRps: 100, timeout: 60s}, keepPreviousFor: 60s,
     analysis: {window: 3s, %s}%s}\
    """
        .formatted(PATIENT, more);
  }

  private void begun() {
    route.release(blue, rollout(""));
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
      route.release(green, rollout(", promotion: Manual"));
      RolloutStatus waiting = route.awaitPhase(RolloutPhase.AWAITING_PROMOTION);
      load.goesOn(500);
      long warming = green.requests();
      releases.may("v2");
      double _ = releases.hitRatio();
      route.order("promote");
      route.awaitPhase(RolloutPhase.OBSERVING);
      releases.isOver("v1");
      load.goesOn(2_000);
      double after = releases.hitRatio();
      route.awaitPhase(RolloutPhase.STEADY);
      releases.may("v1");
      long blueBefore = blue.requests();
      route.release(blue, rollout(", promotion: Manual"));
      route.awaitPhase(RolloutPhase.OBSERVING);
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
    caught("requests to its backends failed", rollout(""));
  }

  @Test
  void aReleaseThatIsSlowIsCaught() {
    blue.takes(Duration.ofMillis(20));
    green.takes(Duration.ofMillis(300));
    caught(
        "its backends' answers took up to",
        rollout("").replace(PATIENT, "maxP99IncreasePercent: 200"));
  }

  @Test
  void aReleaseThatCannotBeWarmedIsLeft() {
    green.close();
    caught("After 20s its cache can answer", rollout("").replace("timeout: 60s", "timeout: 20s"));
  }

  private void caught(String why, String rollout) {
    begun();
    var releases = new Releases("v1");
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, releases)) {
      load.goesOn(3_000);
      route.release(green, rollout);
      await().atMost(PATIENCE.multipliedBy(2)).until(() -> route.failure().isPresent());
      load.goesOn(500);
      assertThat(route.failure().orElseThrow().message()).contains(why);
      System.out.println("caught: " + route.failure().orElseThrow());
    }
  }
}
