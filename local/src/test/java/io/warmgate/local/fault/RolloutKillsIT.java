package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.local.fault.Load.OnBreak;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Releases of a route under load, while operator, gateways, Redis and backends are killed at random
 * in every state: each ends in the new release or in the one before with a reason, no client gets a
 * release that its status does not allow, and nothing is left behind.
 *
 * <p>{@code -Dwarmgate.kills=100} kills so often, {@code -Dwarmgate.seed=…} at the same places
 * again.
 */
class RolloutKillsIT {
  private static final int KILLS = Integer.getInteger("warmgate.kills", 10);
  private static final long SEED = Long.getLong("warmgate.seed", System.nanoTime());

  /** Clients of a {@link Load}: so many connections a gateway takes with it. */
  private static final int CLIENTS = 4;

  @TempDir private static Path state;
  @AutoClose private static FaultCluster cluster;

  private final Random random = new Random(SEED);
  private final KillTable table = new KillTable();
  private int versions = 1;

  private static ReleaseOrigin blue;

  @BeforeAll
  static void begin() throws IOException {
    blue = new ReleaseOrigin("v1");
    cluster =
        FaultCluster.start(
            state,
            List.of(
                FaultCluster.sample("gateway.yaml"), RolledRoute.first("items", "/items", blue)));
  }

  @AfterAll
  static void end() {
    blue.close();
  }

  @Test
  void whateverIsKilledEveryRolloutEndsAndNobodyGetsTheWrongRelease() throws IOException {
    System.out.printf("%d kills, seed %d%n", KILLS, SEED);
    var route = new RolledRoute(cluster, "items", "/items");
    var killer = new Killer(cluster);
    var watched = new Watched(killer.outages());
    var releases = new Releases("/items", 200, "v1", watched);
    try (Trail trail = new Trail(route, "v1", releases::are);
        Load load = new Load(cluster.gateway(), OnBreak.RETRY_ONCE, releases)) {
      watched.reads(trail);
      load.goesOn(4_000);
      List<RolloutPhase> open = new ArrayList<>();
      while (table.kills() < KILLS) {
        ReleaseOrigin green = new ReleaseOrigin("v" + ++versions);
        trail.next(blue.release(), green.release());
        List<Kill> kills = draw(open);
        int breaks = load.breaks();
        KilledRollout.End end =
            new KilledRollout(route, trail, killer, green, kills).run(load::check);
        table.add(end);
        kills.stream().map(Kill::phase).filter(phase -> !end.killedIn(phase)).forEach(open::add);
        ReleaseOrigin serves = end.failure() == null ? green : blue;
        leavesNothing(route, serves, serves == green ? blue : green);
        load.goesOn(500);
        assertThat(load.breaks() - breaks).isLessThanOrEqualTo(CLIENTS * gateways(end));
        (serves == green ? blue : green).close();
        blue = serves;
      }
      load.check();
      System.out.printf(
          "%s%d requests failed while their backend was killed, %d broke with their gateway%n",
          table, killer.outages().excused(), load.breaks());
    }
  }

  /** One or two of the phases whose turn it is. */
  private List<Kill> draw(List<RolloutPhase> open) {
    List<Kill> kills = new ArrayList<>();
    for (int i = 0; i < Math.min(2, KILLS - table.kills()); i++) {
      if (open.isEmpty()) {
        open.addAll(Kill.PHASES);
        Collections.shuffle(open, random);
      }
      Kill drawn = Kill.draw(open.getFirst(), random);
      if (kills.stream().anyMatch(other -> !drawn.goesWith(other))) {
        break;
      }
      open.removeFirst();
      kills.add(drawn);
    }
    return kills;
  }

  private static int gateways(KilledRollout.End end) {
    return (int)
        end.kills().stream().filter(any -> any.kill().victim() == Kill.Victim.GATEWAY).count();
  }

  /** Once the release before is not kept any more: one release, in one place. */
  private static void leavesNothing(RolledRoute route, ReleaseOrigin serves, ReleaseOrigin gone) {
    route.awaitStatus(now -> now.phase() == RolloutPhase.STEADY && now.previous() == null);
    cluster.podsSettled();
    await().atMost(PATIENCE).until(cluster::isRedisReady);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              assertThat(Revisions.text(cluster.current()))
                  .contains(serves.url())
                  .doesNotContain(gone.url(), "\"shift\"");
              assertThat(cluster.acknowledged().number()).isEqualTo(cluster.current().number());
              assertThat(route.openOrder()).isEmpty();
            });
  }
}
