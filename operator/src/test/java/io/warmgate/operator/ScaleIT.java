package io.warmgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.kube.KubeApiServer;
import io.warmgate.kube.RealKube;
import io.warmgate.operator.fake.FakePod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * A thousand routes and three pods, with the packaged operator: how long till all are programmed,
 * how many status writes that took, how much memory, and how long a change of one route takes to be
 * acknowledged by every pod.
 */
@RealKube
class ScaleIT {
  private static final int ROUTES = 1_000;
  private static final int CHANGES = 50;
  private static final String ROUTE_WRITES =
      "warmgate_operator_status_writes_total{kind=\"ApiRoute\"";

  @Test
  void aThousandRoutesThenOneChangedFiftyTimes(KubeApiServer server) throws Exception {
    try (Cluster cluster = Cluster.withoutOperator(server.client());
        OperatorProcess operator = new OperatorProcess(server.kubeconfig(), cluster.namespace())) {
      cluster.apply(Yaml.gateway("edge", 3));
      cluster.apply(Yaml.service("catalog"));
      cluster.apply(Yaml.slice("catalog", "10.1.0.7", "true"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  cluster.kubelet().pods().size() == 3
                      && cluster.kubelet().pods().stream().allMatch(pod -> pod.state().ready()));
      long revisions = revision(cluster);
      long start = System.nanoTime();
      create(cluster);
      long created = System.nanoTime();
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> programmed(cluster) == ROUTES);
      long programmed = System.nanoTime();
      double writes = operator.metric(ROUTE_WRITES);
      long minted = revision(cluster) - revisions;
      List<Long> millis = change(cluster);
      System.out.printf(
          "scale: %d routes created in %d ms, all Programmed after %d ms in %d revisions; %.3f"
              + " status writes a route; one route changed %d times: acknowledged by every pod"
              + " after p50 %d ms, p99 %d ms; operator %s%n",
          ROUTES,
          (created - start) / 1_000_000,
          (programmed - start) / 1_000_000,
          minted,
          writes / ROUTES,
          CHANGES,
          millis.get(CHANGES / 2),
          millis.get(CHANGES - 1),
          operator.memory());
      assertThat(writes / ROUTES).isBetween(1.0, 1.1);
      assertThat(minted).isLessThan(ROUTES / 5);
    }
  }

  private static void create(Cluster cluster) throws Exception {
    try (var executor = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < ROUTES; i++) {
        String yaml = Yaml.route("route-" + i, "edge", "/route/" + i, "catalog");
        all.add(executor.submit(() -> cluster.apply(yaml)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  private static long programmed(Cluster cluster) {
    return cluster.list(ApiRoute.class).stream()
        .filter(
            route ->
                route.getStatus() != null
                    && route.getStatus().conditions().stream()
                        .anyMatch(
                            condition ->
                                condition.getType().equals("Programmed")
                                    && condition.getStatus().equals("True")))
        .count();
  }

  private static long revision(Cluster cluster) {
    return cluster.kubelet().pods().getFirst().served();
  }

  /** How long each change took, in milliseconds, shortest first. */
  private static List<Long> change(Cluster cluster) {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      String path = "/changed/" + i;
      long before = revision(cluster);
      long start = System.nanoTime();
      cluster.apply(Yaml.route("route-500", "edge", path, "catalog"));
      await()
          .pollInterval(Duration.ofMillis(1))
          .pollDelay(Duration.ZERO)
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  cluster.kubelet().pods().stream()
                      .map(FakePod::served)
                      .allMatch(number -> number > before));
      millis.add((System.nanoTime() - start) / 1_000_000);
      assertThat(cluster.kubelet().pods().getFirst().revision())
          .satisfies(revision -> assertThat(revision.open().toString()).contains(path));
    }
    return millis.stream().sorted().toList();
  }
}
