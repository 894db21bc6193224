package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.local.ApiServer;
import io.warmgate.local.fault.Load.OnBreak;
import io.warmgate.local.fault.Refused.Taking;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is taken away from consumers, the whole way: from the API server through the operator, the
 * log in Redis and two real pods to the client that is refused, while the answer that it asks for
 * is cached, shared, and goes on to be hit by others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TakenAwaySuite {
  /** How often each of three things is taken away. */
  private static final int ROUNDS = Integer.getInteger("warmgate.revocations", 5);

  private final ApiServer.Kind api;
  FaultCluster cluster;
  private TruthOrigin origin;
  Keys keys;

  /** What may be taken away. */
  private enum Taken {
    KEY,
    APPROVAL,
    CONSUMER
  }

  TakenAwaySuite(ApiServer.Kind api) {
    this.api = api;
  }

  @BeforeAll
  void begin(@TempDir Path state) throws IOException {
    origin = new TruthOrigin();
    List<String> manifests = new ArrayList<>();
    manifests.add(FaultCluster.sample("gateway.yaml"));
    manifests.add(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiRoute
        metadata: {name: orders}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - matches: [{path: {value: /orders}}]
            backendRefs: [{url: "%s"}]
            auth: {apiKey: {}, approval: Required}
        ---
        apiVersion: warmgate.io/v1alpha1
        kind: CachePolicy
        metadata: {name: orders}
        spec: {targetRefs: [{kind: ApiRoute, name: orders}]}
        """
            .formatted(origin.url()));
    for (Taken taken : Taken.values()) {
      for (int i = 0; i < ROUNDS; i++) {
        manifests.add(consumer(name(taken, i), "Approved", "{name: main}"));
      }
    }
    manifests.add(consumer("other", "Approved", "{name: main}"));
    cluster = FaultCluster.start(state, api, manifests);
    keys = new Keys(cluster, "/orders/1");
    keys.awaitHits(keys.of("other", "main"));
  }

  @AfterAll
  void end() {
    cluster.close();
    origin.close();
  }

  private static String name(Taken taken, int number) {
    return taken.name().toLowerCase(Locale.ROOT) + "-" + number;
  }

  /**
   * @param keys in YAML's flow style
   */
  static String consumer(String name, String state, String keys) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiConsumer
    metadata: {name: %s}
    spec:
      gatewayRef: {name: edge}
      keys: [%s]
      routes: [{name: orders}]
      approvals: [{route: orders, state: %s}]
    """
        .formatted(name, keys, state);
  }

  private Taking taking(Taken taken, String consumer) {
    return switch (taken) {
      case KEY -> () -> keys.secret(consumer, "main").delete();
      case APPROVAL -> () -> cluster.apply(consumer(consumer, "Revoked", "{name: main}"));
      case CONSUMER ->
          () ->
              cluster
                  .client()
                  .resources(ApiConsumer.class)
                  .inNamespace("default")
                  .withName(consumer)
                  .delete();
    };
  }

  @Test
  void whatIsTakenAwayIsRefusedByEveryPodAndOthersGoOnToHit() throws IOException {
    var fromCall = new Spread("from the call");
    var fromAppend = new Spread("from the append");
    int ahead = 0;
    try (Others others = new Others(keys.of("other", "main"));
        RedisLog log = RedisLog.of(cluster)) {
      for (int i = 0; i < ROUNDS; i++) {
        for (Taken taken : Taken.values()) {
          String consumer = name(taken, i);
          String key = keys.of(consumer, "main");
          keys.awaitHits(key);
          List<Refused> all =
              Refused.when(cluster.gateways(), keys.path(), key, taking(taken, consumer));
          long appended = log.revocation(consumer).millis();
          for (Refused refused : all) {
            fromCall.add(Duration.ofNanos(refused.after()));
            fromAppend.add(Duration.between(Instant.ofEpochMilli(appended), refused.at()));
            ahead += refused.status() == 403 ? 1 : 0;
          }
        }
        others.goOn(5);
      }
    }
    System.out.printf(
        "%s API server, two pods, %d revocations: %s; %s to the first request refused, %d of %d"
            + " ahead of the revision%n",
        api, Taken.values().length * ROUNDS, fromCall, fromAppend, ahead, fromCall.size());
    assertThat(ahead)
        .as("refused before the revision is served")
        .isGreaterThan(fromCall.size() / 2);
    assertThat(fromAppend.percentile(50)).isLessThan(Duration.ofMillis(50));
    assertThat(fromCall.percentile(99)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aKeyIsRotatedAndItsClientIsNeverRefused() {
    cluster.apply(consumer("rotated", "Approved", "{name: main}"));
    String first = keys.of("rotated", "main");
    keys.awaitHits(first);
    cluster.apply(consumer("rotated", "Approved", "{name: main}, {name: next}"));
    String next = keys.of("rotated", "next");
    keys.awaitHits(next);
    assertThat(next).isNotEqualTo(first);
    try (Others others = new Others(next)) {
      others.goOn(20);
      Taking removal = () -> cluster.apply(consumer("rotated", "Approved", "{name: next}"));
      List<Refused> all = Refused.when(cluster.gateways(), keys.path(), first, removal);
      System.out.printf("a key taken out of spec.keys is refused: %s%n", all);
      others.goOn(50);
    }
  }

  @Test
  void aKeyEndsByItselfWhenItExpiresAndNotBefore() {
    cluster.apply(consumer("expiring", "Approved", "{name: main}, {name: next}"));
    String first = keys.of("expiring", "main");
    String next = keys.of("expiring", "next");
    keys.awaitHits(first);
    keys.awaitHits(next);
    Instant end = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
    try (Others others = new Others(next)) {
      Taking expiry =
          () ->
              cluster.apply(
                  consumer(
                      "expiring",
                      "Approved",
                      "{name: main, expires: \"%s\"}, {name: next}".formatted(end)));
      List<Refused> all = Refused.when(cluster.gateways(), keys.path(), first, expiry);
      System.out.printf("a key that expires at %s is refused: %s%n", end, all);
      assertThat(all).allSatisfy(refused -> assertThat(refused.at()).isAfterOrEqualTo(end));
      others.goOn(50);
    }
  }

  /** Clients of every pod whose key stays good. */
  private final class Others implements AutoCloseable {
    private final List<Load> loads;

    Others(String key) {
      loads =
          cluster.gateways().stream()
              .map(pod -> new Load(pod.at(PORT), OnBreak.FAIL, keys.hits(key)))
              .toList();
    }

    void goOn(int answers) {
      loads.forEach(load -> load.goesOn(answers));
    }

    @Override
    public void close() {
      loads.forEach(Load::close);
    }
  }
}
