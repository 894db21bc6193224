package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static io.warmgate.local.fault.FaultCluster.PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Revision;
import io.warmgate.local.fault.Load.OnBreak;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays when a part of the quickstart's cluster goes: promises 1, 6 and 7. */
class FaultsIT {
  /** Pods that are told to end are ready for 10 s; on a slow machine others may take longer. */
  private static final Duration LAST_RESORT = Duration.ofSeconds(9);

  @TempDir private static Path state;
  @AutoClose private static FaultCluster cluster;

  @BeforeAll
  static void begin() throws IOException {
    cluster =
        FaultCluster.start(
            state,
            List.of(
                FaultCluster.sample("gateway.yaml"),
                FaultCluster.sample("origin.yaml").replace("replicas: 1", "replicas: 2"),
                FaultCluster.sample("route.yaml")));
  }

  @BeforeEach
  void settle() {
    cluster.operatorBack();
    cluster.settled();
  }

  @Test
  void aKilledGatewayBreaksItsOwnConnectionsAlone() {
    RunningPod victim = cluster.gateways().getFirst();
    RunningPod other = cluster.gateways().getLast();
    try (Load all = new Load(cluster.gateway(), OnBreak.RETRY_ONCE, new Catalog());
        Load others = new Load(other.at(PORT), OnBreak.FAIL, new Catalog())) {
      all.goesOn(500);
      victim.kill();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  cluster.gateways().stream()
                      .anyMatch(pod -> pod.serves() && pod.restarts() > victim.restarts()));
      all.goesOn(500);
      others.goesOn(500);
      assertThat(all.breaks()).isPositive();
    }
  }

  @Test
  void whileRedisIsSlowOrGoneMemoryAndOriginAnswerAndThenItIsUsedAgain() throws IOException {
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, new Catalog())) {
      load.goesOn(500);
      await().atMost(PATIENCE).until(this::isShared);
      RunningPod redis = cluster.redis().orElseThrow();
      redis.hold();
      load.goesOn(1_000);
      redis.release();
      await().atMost(PATIENCE).until(this::isShared);
      cluster.killRedis();
      await().atMost(PATIENCE).until(() -> cluster.isRedisReady() && isShared());
      cluster.killRedis(); // the second time it is away for the kubelet's back-off
      long hits = load.hits();
      load.goesOn(2_000);
      assertThat(load.hits()).isGreaterThan(hits + 1_000);
      assertThat(isShared()).isFalse();
      await().atMost(PATIENCE).until(() -> cluster.isRedisReady() && isShared());
    }
  }

  @Test
  void whenAllGatewaysAreDeletedAtOnceTheyServeUntilOthersDo() throws IOException {
    List<RunningPod> old = cluster.gateways();
    boolean inTime;
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, new Catalog())) {
      load.goesOn(500);
      old.forEach(cluster::delete);
      Instant end = Instant.now().plus(LAST_RESORT);
      load.goesOn(500);
      await().atMost(PATIENCE).until(() -> others(old) > 0 || Instant.now().isAfter(end));
      inTime = others(old) > 0;
    }
    await().atMost(PATIENCE).until(() -> others(old) == 2);
    if (!inTime) {
      // The old ones may have left before: the Service has nobody until it has seen the new ones.
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(SocketException.class)
          .until(() -> ask("/products/1").status() == 200);
    }
    assertThat(ask("/products/1").status()).isEqualTo(200);
  }

  @Test
  void withoutTheOperatorBackendsAreReplacedGatewaysStartAndNewConfigurationWaits()
      throws IOException {
    List<RunningPod> old = cluster.gateways();
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, new Catalog())) {
      load.goesOn(500);
      cluster.operatorAway();
      cluster.image("catalog", "warmgate/quickstart-origin:v2");
      cluster.delete(old.getFirst());
      cluster.apply(FaultCluster.sample("route.yaml").replace("/count", "/later"));
      await().atMost(PATIENCE).until(() -> cluster.isRolledOut("catalog"));
      await().atMost(PATIENCE).until(() -> others(old) == 1);
      load.goesOn(1_000);
      assertThat(ask("/products/" + UUID.randomUUID()).body()).contains("\"v2\"");
      assertThat(ask("/later").status()).isEqualTo(404);
    }
    cluster.operatorBack();
    await().atMost(PATIENCE).until(() -> ask("/later").status() == 200);
    cluster.apply(FaultCluster.sample("route.yaml"));
  }

  @Test
  void whatPodsRefuseChangesNothingEvenWhenAllOfThemStartAnew() {
    List<RunningPod> old = cluster.gateways();
    Revision ran = cluster.current();
    try (Load load = new Load(cluster.gateway(), OnBreak.FAIL, new Catalog())) {
      load.goesOn(500);
      cluster.operatorAway();
      cluster.write(Revisions.withUnknownField(ran));
      cluster.restartGateways();
      await().atMost(PATIENCE).until(() -> others(old) == 2 && cluster.gateways().size() == 2);
      load.goesOn(1_000);
      for (RunningPod pod : cluster.gateways()) {
        assertThat(cluster.log(pod))
            .contains("refused revision " + (ran.number() + 1), "serves revision " + ran.number());
      }
      cluster.operatorBack();
      await().atMost(PATIENCE).until(() -> cluster.current().number() > ran.number() + 1);
      cluster.settled();
      assertThat(cluster.current().hash()).isEqualTo(ran.hash());
    }
  }

  private static Answer ask(String path) throws IOException {
    return HttpConnection.ask(cluster.gateway(), path);
  }

  /** Of these pods, those that serve and are not among the old ones. */
  private static long others(List<RunningPod> old) {
    List<String> names = old.stream().map(RunningPod::name).toList();
    return cluster.gateways().stream()
        .filter(pod -> pod.serves() && !names.contains(pod.name()))
        .count();
  }

  /** What one pod fetched the other finds in Redis. */
  private boolean isShared() throws IOException {
    String path = "/products/" + UUID.randomUUID();
    List<RunningPod> pods = cluster.gateways();
    Answer first = HttpConnection.ask(pods.getFirst().at(PORT), path);
    Answer second = HttpConnection.ask(pods.getLast().at(PORT), path);
    return second.isHit() && second.body().equals(first.body());
  }
}
