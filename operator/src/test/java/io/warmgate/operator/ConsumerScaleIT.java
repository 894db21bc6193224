package io.warmgate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.warmgate.config.Revision;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.kube.KubeApiServer;
import io.warmgate.kube.RealKube;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Many consumers whose keys are made, with the packaged operator: what they cost it, and the API
 * server. {@code -Dwarmgate.scale.consumers=3000} for another number.
 */
@RealKube
class ConsumerScaleIT {
  private static final int CONSUMERS = Integer.getInteger("warmgate.scale.consumers", 1_000);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void keysThatAreMadeCostOneWatchAndADeletedOneIsNoticedAtOnce(KubeApiServer server)
      throws Exception {
    try (Cluster cluster = Cluster.withoutOperator(server.client());
        OperatorProcess operator = new OperatorProcess(server.kubeconfig(), cluster.namespace())) {
      cluster.apply(Yaml.gateway("edge", 1));
      cluster.apply(Yaml.service("catalog"));
      cluster.apply(Yaml.slice("catalog", "10.1.0.7", "true"));
      cluster.apply(
          Yaml.route("orders", "edge", "/orders", "catalog") + "    auth: {apiKey: {}}\n");
      create(cluster, 0, 2);
      awaitKeys(cluster, 2);
      long few = watches(server);
      long start = System.nanoTime();
      create(cluster, 2, CONSUMERS);
      awaitKeys(cluster, CONSUMERS);
      System.out.printf(
          "scale: %d consumers with made keys are known to the pod after %d ms; watches of"
              + " Secrets: %d with two of them, %d with all; operator %s%n",
          CONSUMERS,
          (System.nanoTime() - start) / 1_000_000,
          few,
          watches(server),
          operator.memory());
      assertThat(watches(server)).isEqualTo(few);
      awaitReported(cluster);
      deleted(cluster);
      brought(cluster);
      await().atMost(PATIENCE).until(() -> watches(server) == few + 1);
    }
  }

  private static void create(Cluster cluster, int from, int to) throws Exception {
    try (var executor = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = from; i < to; i++) {
        String yaml = consumer("app-" + i, "{name: main}");
        all.add(executor.submit(() -> cluster.apply(yaml)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  private static String consumer(String name, String key) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiConsumer
    metadata: {name: %s}
    spec:
      gatewayRef: {name: edge}
      keys: [%s]
      routes: [{name: orders}]
    """
        .formatted(name, key);
  }

  /** That of one consumer, whose next one is made. */
  private static void deleted(Cluster cluster) {
    String before = keys(cluster, "app-7").getFirst();
    long start = System.nanoTime();
    var _ = cluster.client().resource(cluster.get(Secret.class, "app-7-main")).delete();
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(30))
        .until(() -> !keys(cluster, "app-7").contains(before));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf(
        "scale: a deleted one of them is none any more after %d ms%n", took.toMillis());
    assertThat(took).isLessThan(Duration.ofSeconds(2));
    awaitKeys(cluster, CONSUMERS);
  }

  private static void brought(Cluster cluster) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: own}
        stringData: {key: %s}
        """
            .formatted("k".repeat(40)));
    cluster.apply(consumer("brings", "{name: main, secretRef: {name: own, key: key}}"));
    awaitKeys(cluster, CONSUMERS + 1);
  }

  private static void awaitKeys(Cluster cluster, int keys) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> known(cluster, "").size() == keys);
  }

  /** Statuses are written one after the other: a change waits for those of the one before. */
  private static void awaitReported(Cluster cluster) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                cluster.list(ApiConsumer.class).stream()
                        .filter(ConsumerScaleIT::isProgrammed)
                        .count()
                    == CONSUMERS);
  }

  private static boolean isProgrammed(ApiConsumer consumer) {
    return consumer.getStatus() != null
        && consumer.getStatus().conditions().stream()
            .anyMatch(any -> any.getType().equals("Programmed") && any.getStatus().equals("True"));
  }

  private static List<String> keys(Cluster cluster, String consumer) {
    return known(cluster, cluster.namespace() + "/" + consumer);
  }

  /**
   * SHA-256 of the keys that the pod knows.
   *
   * @param id of their consumer; empty: of all
   */
  private static List<String> known(Cluster cluster, String id) {
    return cluster.kubelet().pods().stream()
        .map(pod -> pod.revision())
        .filter(Objects::nonNull)
        .map(Revision::open)
        .flatMap(config -> config.access().consumers().stream())
        .filter(consumer -> id.isEmpty() || consumer.id().equals(id))
        .flatMap(consumer -> consumer.keys().stream())
        .map(key -> key.sha256())
        .toList();
  }

  /** How many watches of Secrets the API server has, whoever watches. */
  private static long watches(KubeApiServer server) {
    return Objects.requireNonNull(server.client().raw("/metrics"))
        .lines()
        .filter(line -> line.startsWith("apiserver_longrunning_requests{"))
        .filter(line -> line.contains("resource=\"secrets\"") && line.contains("verb=\"WATCH\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
