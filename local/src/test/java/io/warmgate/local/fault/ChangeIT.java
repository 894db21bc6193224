package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static io.warmgate.local.fault.FaultCluster.PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.local.ApiServer;
import io.warmgate.local.fault.Load.OnBreak;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Routes that are changed and added under load, with a real kube-apiserver, the real operator and
 * two real pods: no answer but the old and the new one on the way, and the new one alone once it is
 * {@code Programmed} (promise 2).
 */
class ChangeIT {
  private static final int CHANGES = Integer.getInteger("warmgate.changes", 20);
  private static final String VERSION = "x-version";

  @TempDir private static Path state;
  @AutoClose private static FaultCluster cluster;

  @BeforeAll
  static void begin() throws IOException {
    cluster =
        FaultCluster.start(
            state,
            ApiServer.Kind.REAL,
            List.of(
                FaultCluster.sample("gateway.yaml"),
                FaultCluster.sample("origin.yaml"),
                FaultCluster.sample("route.yaml"),
                versioned(0)));
  }

  private static String versioned(int version) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiRoute
    metadata: {name: versioned}
    spec:
      parentRefs: [{name: edge}]
      rules:
      - matches: [{path: {value: /versioned}}]
        filters:
        - type: ResponseHeaderModifier
          responseHeaderModifier: {set: [{name: %s, value: "%d"}]}
        backendRefs: [{name: catalog, port: 8080}]
    """
        .formatted(VERSION, version);
  }

  private static String added(int number) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiRoute
    metadata: {name: added-%1$d}
    spec:
      parentRefs: [{name: edge}]
      rules:
      - matches: [{path: {value: /added/%1$d}}]
        backendRefs: [{name: catalog, port: 8080}]
    """
        .formatted(number);
  }

  /** Which versions an answer may be of. */
  private static final class Versions implements Load.Script {
    private final AtomicInteger programmed = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();

    @Override
    public Load.Ask next(RandomGenerator random) {
      int oldest = programmed.get();
      return new Load.Ask() {
        @Override
        public String path() {
          return "/versioned";
        }

        @Override
        public Optional<String> impossible(Answer answer) {
          int version = Integer.parseInt(answer.headers().getOrDefault(VERSION, "-1"));
          return answer.status() == 200 && version >= oldest && version <= written.get()
              ? Optional.empty()
              : Optional.of("neither of " + oldest + " to " + written.get());
        }
      };
    }
  }

  @Test
  void anAnswerOnTheWayIsTheOldOrTheNewOne() throws IOException {
    var versions = new Versions();
    List<Duration> took = new ArrayList<>();
    List<RunningPod> pods = cluster.gateways();
    try (Load load = new Load(pods.getFirst().at(PORT), OnBreak.FAIL, versions);
        Load other = new Load(pods.getLast().at(PORT), OnBreak.FAIL, versions)) {
      load.goesOn(200);
      other.goesOn(200);
      for (int i = 1; i <= CHANGES; i++) {
        int version = i;
        versions.written.set(version);
        long begun = System.nanoTime();
        cluster.apply(versioned(version));
        awaitEverywhere(
            "/versioned", answer -> String.valueOf(version).equals(answer.headers().get(VERSION)));
        took.add(Duration.ofNanos(System.nanoTime() - begun));
        awaitProgrammed("versioned");
        versions.programmed.set(version);
        load.goesOn(20);
        other.goesOn(20);
      }
    }
    print("changed", took);
  }

  @Test
  void aRouteThatIsAddedIsNotFoundAndThenServed() throws IOException {
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      int number = i;
      for (RunningPod pod : cluster.gateways()) {
        assertThat(HttpConnection.ask(pod.at(PORT), "/added/" + number).status()).isEqualTo(404);
      }
      long begun = System.nanoTime();
      cluster.apply(added(number));
      awaitEverywhere(
          "/added/" + number,
          answer -> {
            assertThat(answer.status()).isIn(404, 200);
            return answer.status() == 200;
          });
      took.add(Duration.ofNanos(System.nanoTime() - begun));
    }
    print("added", took);
  }

  private interface Expected {
    boolean in(Answer answer);
  }

  /** Every pod is asked by itself. */
  private static void awaitEverywhere(String path, Expected expected) {
    for (RunningPod pod : cluster.gateways()) {
      InetSocketAddress address = pod.at(PORT);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(PATIENCE)
          .until(() -> expected.in(HttpConnection.ask(address, path)));
    }
  }

  private static void awaitProgrammed(String name) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(
            () -> {
              ApiRoute route =
                  cluster
                      .client()
                      .resources(ApiRoute.class)
                      .inNamespace("default")
                      .withName(name)
                      .get();
              return route.getStatus() != null
                  && route.getStatus().conditions().stream()
                      .anyMatch(
                          any ->
                              any.getType().equals("Programmed")
                                  && any.getStatus().equals("True")
                                  && any.getObservedGeneration()
                                      .equals(route.getMetadata().getGeneration()));
            });
  }

  private static void print(String what, List<Duration> took) {
    Collections.sort(took);
    System.out.printf(
        "a route %s %d times is served by every pod after %d ms (p50), %d ms (the longest)%n",
        what, took.size(), took.get(took.size() / 2).toMillis(), took.getLast().toMillis());
  }
}
