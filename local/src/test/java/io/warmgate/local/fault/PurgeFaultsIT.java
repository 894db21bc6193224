package io.warmgate.local.fault;

import static io.warmgate.crd.v1alpha1.InvalidationPhase.COMPLETED;
import static io.warmgate.crd.v1alpha1.InvalidationPhase.TIMED_OUT;
import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static io.warmgate.local.fault.FaultCluster.PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.local.fault.Load.OnBreak;
import io.warmgate.local.fault.TruthOrigin.Hold;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Completed means gone (promise 3), whatever fails meanwhile. */
class PurgeFaultsIT {
  private static final int ROUNDS = 24;

  @AutoClose
  private static final ExecutorService CLIENTS = Executors.newVirtualThreadPerTaskExecutor();

  @TempDir private static Path state;
  @AutoClose private static TruthOrigin origin;
  @AutoClose private static FaultCluster cluster;

  @BeforeAll
  static void begin() throws IOException {
    origin = new TruthOrigin();
    cluster =
        FaultCluster.start(
            state,
            List.of(
                FaultCluster.sample("gateway.yaml"),
                """
                apiVersion: warmgate.io/v1alpha1
                kind: ApiRoute
                metadata: {name: truth}
                spec:
                  parentRefs: [{name: edge}]
                  rules: [{backendRefs: [{url: "%s"}]}]
                ---
                apiVersion: warmgate.io/v1alpha1
                kind: CachePolicy
                metadata: {name: truth}
                spec: {targetRefs: [{kind: ApiRoute, name: truth}]}
                """
                    .formatted(origin.url())));
  }

  @BeforeEach
  void settle() {
    cluster.operatorBack();
    cluster.settled();
  }

  @Test
  void onceCompletedNobodyIsToldWhatWasBefore() {
    var truth = new Truth();
    try (Load load = new Load(cluster.gateway(), OnBreak.RETRY_ONCE, truth)) {
      for (int round = 1; round <= ROUNDS; round++) {
        switch (round) {
          case 6 -> cluster.gateways().getFirst().kill();
          case 12 -> cluster.killRedis();
          case 18 -> cluster.delete(cluster.gateways().getLast());
          default -> {}
        }
        load.goesOn(50);
        long now = origin.change();
        Purge.of(cluster, Truth.PREFIX, "60s").ends(COMPLETED);
        truth.isAtLeast(now);
      }
      load.goesOn(500);
      assertThat(load.hits()).isPositive();
    }
  }

  @Test
  void aPodThatIsGoingIsWaitedForAndNamed() throws Exception {
    RunningPod going = cluster.gateways().getFirst();
    Hold hold = origin.hold("/truth/long");
    Future<Answer> underWay = asking(going, "/truth/long");
    hold.awaitAsked();
    cluster.delete(going); // its request under way keeps it
    await().atMost(PATIENCE).until(() -> serving() == 2);
    going.hold();
    Purge patient = Purge.of(cluster, "/truth", "60s");
    try {
      Purge hasty = Purge.of(cluster, "/truth", "5s");
      hasty.ends(TIMED_OUT);
      assertThat(hasty.pending()).containsExactly(going.name());
      await().atMost(PATIENCE).until(() -> patient.acknowledged() == 2);
      await().during(Duration.ofSeconds(1)).until(patient::isUnderWay);
      assertThat(patient.answering()).isEqualTo(3);
    } finally {
      going.release();
    }
    patient.ends(COMPLETED);
    assertThat(patient.acknowledged()).isEqualTo(3);
    hold.release();
    assertThat(underWay.get().status()).isEqualTo(200);
  }

  @Test
  void aFillThatBeganBeforeThePurgeDoesNotSurviveIt() throws Exception {
    String path = "/truth/held";
    RunningPod pod = cluster.gateways().getFirst();
    long before = told(pod, "/truth/before");
    Hold hold = origin.hold(path);
    Future<Answer> racing = asking(pod, path);
    hold.awaitAsked();
    long now = origin.change();
    Purge.of(cluster, path, "60s").ends(COMPLETED);
    hold.release();
    assertThat(racing.get().body()).isEqualTo(String.valueOf(before));
    for (RunningPod any : cluster.gateways()) {
      assertThat(told(any, path)).as("from memory or Redis").isEqualTo(now);
    }
  }

  @Test
  void whoAsksAfterThePurgeDoesNotJoinAFillThatBeganBefore() throws Exception {
    String path = "/truth/joined";
    RunningPod pod = cluster.gateways().getFirst();
    Hold hold = origin.hold(path);
    Future<Answer> racing = asking(pod, path);
    hold.awaitAsked();
    long now = origin.change();
    Purge.of(cluster, path, "60s").ends(COMPLETED);
    assertThat(told(pod, path)).isEqualTo(now);
    hold.release();
    assertThat(Long.parseLong(racing.get().body())).isLessThan(now);
    assertThat(told(pod, path)).as("the late answer replaces nothing").isEqualTo(now);
  }

  @Test
  void aRedisThatRestartsEmptyBeforeAPodReadTheLogLosesNoPurge() throws Exception {
    String path = "/truth/late";
    RunningPod late = cluster.gateways().getLast();
    for (RunningPod pod : cluster.gateways()) {
      assertThat(told(pod, path)).isEqualTo(told(pod, path));
    }
    late.hold();
    long now = origin.change();
    Purge purge = Purge.of(cluster, path, "60s");
    await().atMost(PATIENCE).until(() -> purge.isLogged() && purge.acknowledged() == 1);
    cluster.operatorAway(); // so that nobody tells the pod but the log
    cluster.replaceRedis();
    late.release();
    await().atMost(PATIENCE).until(() -> told(late, path) == now);
    assertThat(purge.isUnderWay()).isTrue();
    cluster.operatorBack();
    purge.ends(COMPLETED);
    assertThat(told(late, path)).isEqualTo(now);
  }

  private static long serving() {
    return cluster.gateways().stream().filter(RunningPod::serves).count();
  }

  /** Its answer is held, for as long as all else takes. */
  private static Future<Answer> asking(RunningPod pod, String path) {
    return CLIENTS.submit(() -> HttpConnection.ask(pod.at(PORT), path, PATIENCE));
  }

  private static Answer ask(RunningPod pod, String path) throws IOException {
    return HttpConnection.ask(pod.at(PORT), path);
  }

  private static long told(RunningPod pod, String path) throws IOException {
    return Long.parseLong(ask(pod, path).body());
  }
}
