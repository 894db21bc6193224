package io.warmgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.kube.KubeApiServer;
import io.warmgate.kube.RealKube;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two packaged operators of which one leads, and what happens when it does not any more. */
@RealKube
class LeaderHandoverIT {
  private static final Duration HANDOVER = Duration.ofSeconds(20);
  private static final int ROUTES = 20;

  private final KubeApiServer server;
  private final Cluster cluster;
  private final WrittenThings written;
  private OperatorProcess leader;
  private OperatorProcess other;

  LeaderHandoverIT(KubeApiServer server) throws IOException {
    this.server = server;
    cluster = Cluster.withoutOperator(server.client());
    written = new WrittenThings(cluster);
    leader = start("leader");
    other = start("other");
  }

  private OperatorProcess start(String name) throws IOException {
    return new OperatorProcess(server.kubeconfig(), cluster.namespace(), name);
  }

  @BeforeEach
  void programmed() {
    await().atMost(Duration.ofSeconds(30)).until(() -> holder().equals("leader"));
    cluster.apply(Yaml.gateway("edge", 2));
    cluster.apply(Yaml.service("catalog"));
    cluster.apply(Yaml.slice("catalog", "10.1.0.7", "true"));
    cluster.apply(Yaml.route("shop", "edge", "/shop", "catalog"));
    awaitProgrammed(1);
    await().until(() -> cluster.kubelet().pods().size() == 2);
  }

  @AfterEach
  void stop() {
    leader.close();
    other.close();
    written.close();
    cluster.close();
  }

  private String holder() {
    Lease lease =
        cluster
            .client()
            .leases()
            .inNamespace(cluster.namespace())
            .withName("warmgate-operator")
            .get();
    return lease == null || lease.getSpec().getHolderIdentity() == null
        ? ""
        : lease.getSpec().getHolderIdentity();
  }

  private void awaitProgrammed(int routes) {
    await()
        .atMost(HANDOVER.plusSeconds(20))
        .until(
            () -> cluster.list(ApiRoute.class).stream().filter(Programmed::is).count() == routes);
  }

  private boolean everyPodServes(String path) {
    return cluster.kubelet().pods().stream()
        .allMatch(pod -> pod.revision() != null && pod.revision().open().toString().contains(path));
  }

  @Test
  void oneThatIsKilledAtWorkIsFollowedByTheOther() throws Exception {
    for (int i = 0; i < ROUTES; i++) {
      cluster.apply(Yaml.route("route-" + i, "edge", "/route/" + i, "catalog"));
    }
    leader.signal("KILL");
    long killed = System.nanoTime();
    cluster.apply(Yaml.route("meanwhile", "edge", "/meanwhile", "catalog"));
    await().atMost(HANDOVER).until(() -> everyPodServes("/meanwhile"));
    Duration took = Duration.ofNanos(System.nanoTime() - killed);
    awaitProgrammed(ROUTES + 2);
    System.out.printf(
        "handover: every pod serves a change %d ms after the leader was killed; revisions %s%n",
        took.toMillis(), written.minted());
    assertThat(holder()).isEqualTo("other");
    assertNothingWasWrittenTwice();
    nothingIsWrittenFromNowOn();
  }

  @Test
  void oneThatSleptIntoTheReignOfTheOtherChangesNothingAndEnds() throws Exception {
    cluster.apply(Yaml.route("shop", "edge", "/before", "catalog"));
    leader.signal("STOP"); // most likely with a change on its way
    await().atMost(HANDOVER).until(() -> holder().equals("other"));
    cluster.apply(Yaml.route("shop", "edge", "/after", "catalog"));
    await().atMost(HANDOVER).until(() -> everyPodServes("/after"));
    leader.signal("CONT");
    await().atMost(HANDOVER).until(() -> !leader.isAlive());
    awaitProgrammed(1);
    assertThat(everyPodServes("/after")).isTrue();
    assertThat(holder()).isEqualTo("other");
    assertNothingWasWrittenTwice();
    nothingIsWrittenFromNowOn();
  }

  private void assertNothingWasWrittenTwice() {
    written.assertNumbersStandForOneContent(cluster.kubelet().pods());
    written.assertNoStatusWasWrittenTwice();
  }

  private void nothingIsWrittenFromNowOn() {
    cluster.awaitQuiet(SuiteCluster.KINDS);
    var before = cluster.versions(SuiteCluster.KINDS);
    int heartbeats = cluster.kubelet().pods().getFirst().heartbeats().size();
    await().until(() -> cluster.kubelet().pods().getFirst().heartbeats().size() > heartbeats + 3);
    assertThat(cluster.versions(SuiteCluster.KINDS)).isEqualTo(before);
  }
}
