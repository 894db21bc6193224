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
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Many routes and three pods, with the packaged operator: how long till all are programmed, how
 * many status writes that took, how much memory, and how long one route more, or another form of
 * one, takes to be acknowledged by every pod. {@code -Dwarmgate.scale.routes=3000} for another
 * number.
 */
@RealKube
class ScaleIT {
  private static final int ROUTES = Integer.getInteger("warmgate.scale.routes", 1_000);
  private static final int CHANGES = 50;
  private static final String ROUTE_WRITES =
      "warmgate_operator_status_writes_total{kind=\"ApiRoute\"";

  @Test
  void manyRoutesThenOneChangedAndOneMoreFiftyTimes(KubeApiServer server) throws Exception {
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
      awaitProgrammed(cluster, ROUTES);
      long programmed = System.nanoTime();
      double writes = operator.metric(ROUTE_WRITES);
      long minted = revision(cluster) - revisions;
      System.out.printf(
          "scale: %d routes created in %d ms, all Programmed after %d ms in %d revisions; %.3f"
              + " status writes a route; operator %s%n",
          ROUTES,
          (created - start) / 1_000_000,
          (programmed - start) / 1_000_000,
          minted,
          writes / ROUTES,
          operator.memory());
      assertThat(writes / ROUTES).isBetween(1.0, 1.1);
      assertThat(minted).isLessThan(ROUTES / 5);
      measure(cluster, operator, "one route changed", i -> "route-" + ROUTES / 2);
      measure(cluster, operator, "one route more", i -> "more-" + i);
      awaitProgrammed(cluster, ROUTES + CHANGES);
      assertThat(operator.metric(ROUTE_WRITES) - writes).isLessThanOrEqualTo(2 * CHANGES * 1.1);
      System.out.printf("scale: operator %s%n", operator.memory());
    }
  }

  /** Applies routes one after the other, each as soon as every pod serves the one before. */
  private static void measure(
      Cluster cluster, OperatorProcess operator, String what, IntFunction<String> name)
      throws Exception {
    ChangeTimes times = new ChangeTimes();
    StepCosts before = StepCosts.of(operator);
    for (int i = 0; i < CHANGES; i++) {
      String path = "/" + what.replace(' ', '-') + "/" + i;
      long served = revision(cluster);
      long begun = System.nanoTime();
      cluster.apply(Yaml.route(name.apply(i), "edge", path, "catalog"));
      long written = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(1))
          .pollDelay(Duration.ZERO)
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  cluster.kubelet().pods().stream()
                      .map(FakePod::served)
                      .allMatch(number -> number > served));
      times.add(begun, written, cluster.kubelet().pods());
      assertThat(cluster.kubelet().pods().getFirst().revision())
          .satisfies(revision -> assertThat(revision.open().toString()).contains(path));
    }
    System.out.printf(
        "scale: %s, %d times: %s; operator's steps: %s%n",
        what, CHANGES, times, StepCosts.of(operator).since(before, CHANGES));
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

  private static void awaitProgrammed(Cluster cluster, int routes) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> cluster.list(ApiRoute.class).stream().filter(Programmed::is).count() == routes);
  }

  private static long revision(Cluster cluster) {
    return cluster.kubelet().pods().getFirst().served();
  }
}
