package io.warmgate.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendLimits;
import io.warmgate.config.Ejection;
import io.warmgate.config.LoadBalancing;
import io.warmgate.config.LoadBalancing.Policy;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.routing.Hash;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BalancingTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static List<Endpoint> endpoints(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i -> new Endpoint(new InetSocketAddress(InetAddress.ofLiteral("10.0.0." + i), 80)))
        .toList();
  }

  @Test
  void leastRequestAvoidsTheBusy() {
    List<Endpoint> endpoints = endpoints(3);
    for (int i = 0; i < 100; i++) {
      endpoints.get(0).begin();
    }
    Map<Endpoint, Integer> picks = picks(Balancer.of(Policy.LEAST_REQUEST), endpoints, 300);
    assertThat(picks).doesNotContainKey(endpoints.get(0));
    assertThat(picks).hasSize(2);
  }

  @Test
  void roundRobinIsEven() {
    Map<Endpoint, Integer> picks = picks(Balancer.of(Policy.ROUND_ROBIN), endpoints(3), 300);
    assertThat(picks.values()).containsOnly(100);
  }

  @Test
  void consistentHashingMovesOnlyWhatItMust() {
    Balancer balancer = Balancer.of(Policy.CONSISTENT_HASH);
    List<Endpoint> ten = endpoints(10);
    List<Endpoint> nine = ten.subList(0, 9);
    int moved = 0;
    Map<Endpoint, Integer> share = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      long hash = Hash.of("user-" + i);
      Endpoint with = balancer.pick(ten, hash);
      share.merge(with, 1, Integer::sum);
      if (balancer.pick(nine, hash) != with) {
        assertThat(with).isSameAs(ten.get(9));
        moved++;
      }
    }
    assertThat(moved).isBetween(800, 1_200);
    assertThat(share.values()).allSatisfy(n -> assertThat(n).isBetween(800, 1_200));
  }

  private static Map<Endpoint, Integer> picks(
      Balancer balancer, List<Endpoint> endpoints, int times) {
    Map<Endpoint, Integer> picks = new HashMap<>();
    for (int i = 0; i < times; i++) {
      picks.merge(balancer.pick(endpoints, 0), 1, Integer::sum);
    }
    return picks;
  }

  private BackendPool pool(Ejection ejection, int endpoints) {
    EndpointDirectory directory = new EndpointDirectory(vertx, () -> true);
    List<EndpointSets.Endpoint> set = new ArrayList<>();
    for (int i = 1; i <= endpoints; i++) {
      set.add(new EndpointSets.Endpoint("10.0.0." + i, 80));
    }
    directory.accept(new EndpointSets(1, Map.of("k", set)));
    return new BackendPool(
        new Backend(
            "b",
            new Backend.Service("k", "b.test.svc", 80),
            null,
            new LoadBalancing(Policy.ROUND_ROBIN, null),
            ejection,
            new BackendLimits(null, null, 0, 0)),
        directory,
        vertx,
        _ -> new byte[0]);
  }

  @Test
  void failingEndpointsAreLeftOutButNeverMoreThanHalf() {
    BackendPool pool = pool(new Ejection(2, 60_000), 4);
    List<Endpoint> endpoints = pool.endpoints().result();
    fail(pool, endpoints.get(0), 1);
    assertThat(seen(pool, endpoints)).hasSize(4);
    fail(pool, endpoints.get(0), 1);
    fail(pool, endpoints.get(1), 2);
    assertThat(seen(pool, endpoints)).containsExactlyInAnyOrder(endpoints.get(2), endpoints.get(3));
    fail(pool, endpoints.get(2), 2);
    assertThat(seen(pool, endpoints)).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aSuccessForgivesFailures() {
    BackendPool pool = pool(new Ejection(2, 60_000), 2);
    Endpoint endpoint = pool.endpoints().result().get(0);
    fail(pool, endpoint, 1);
    pool.succeeded(endpoint);
    fail(pool, endpoint, 1);
    assertThat(endpoint.ejected(System.nanoTime())).isFalse();
  }

  private static void fail(BackendPool pool, Endpoint endpoint, int times) {
    for (int i = 0; i < times; i++) {
      pool.failed(endpoint);
    }
  }

  private static Set<Endpoint> seen(BackendPool pool, List<Endpoint> endpoints) {
    Set<Endpoint> seen = new java.util.HashSet<>();
    for (int i = 0; i < 40; i++) {
      Endpoint picked = pool.pick(endpoints, Set.of(), 0);
      if (picked != null) {
        seen.add(picked);
      }
    }
    return seen;
  }

  @Test
  void concurrencyIsBoundedAndTheQueueToo() {
    Limiter limiter = new Limiter(vertx, new BackendLimits(2, null, 1, 60_000));
    assertThat(limiter.acquire().succeeded()).isTrue();
    assertThat(limiter.acquire().succeeded()).isTrue();
    Future<Void> waiting = limiter.acquire();
    assertThat(waiting.isComplete()).isFalse();
    assertThat(limiter.acquire().failed()).isTrue();
    limiter.release();
    assertThat(waiting.succeeded()).isTrue();
  }

  @Test
  void waitingHasAnEnd() {
    Limiter limiter = new Limiter(vertx, new BackendLimits(1, null, 1, 20));
    limiter.acquire().result();
    Future<Void> waiting = limiter.acquire();
    await().until(waiting::failed);
    assertThat(waiting.cause()).isInstanceOf(ProblemException.class);
  }

  @Test
  void theRateHoldsBackAndLetsGo() {
    Limiter limiter = new Limiter(vertx, new BackendLimits(null, 20, 1, 60_000));
    for (int i = 0; i < 20; i++) {
      assertThat(limiter.acquire().succeeded()).as("request %d", i).isTrue();
    }
    Future<Void> next = limiter.acquire();
    assertThat(next.isComplete()).isFalse();
    await().until(next::succeeded);
  }

  @Test
  void retriesAreAFifth() {
    RetryBudget budget = new RetryBudget();
    int free = 0;
    while (budget.tryRetry()) {
      free++;
    }
    assertThat(free).isEqualTo(10);
    int retried = 0;
    for (int i = 0; i < 1_000; i++) {
      budget.request();
      retried += budget.tryRetry() ? 1 : 0;
    }
    assertThat(retried).isEqualTo(200);
  }

  @Test
  void ownAndLocalAddressesAreRefused() {
    AddressGuard strict = new AddressGuard(false, null, Set.of(9443));
    assertThat(strict.allows(address("127.0.0.1", 80))).isFalse();
    assertThat(strict.allows(address("169.254.169.254", 80))).isFalse();
    assertThat(strict.allows(address("::1", 80))).isFalse();
    assertThat(strict.allows(address("0.0.0.0", 80))).isFalse();
    assertThat(strict.allows(address("10.0.0.1", 9443))).isTrue();
    AddressGuard local = new AddressGuard(true, InetAddress.ofLiteral("127.1.0.1"), Set.of(9443));
    assertThat(local.allows(address("127.1.0.2", 9443))).isTrue();
    assertThat(local.allows(address("127.1.0.1", 9443))).isFalse();
    assertThat(local.allows(address("127.1.0.1", 80))).isTrue();
  }

  private static InetSocketAddress address(String ip, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
  }

  @Test
  void olderEndpointSetsAreIgnored() {
    EndpointDirectory directory = new EndpointDirectory(vertx, () -> true);
    directory.accept(new EndpointSets(2, Map.of("k", List.of())));
    directory.accept(new EndpointSets(1, Map.of()));
    assertThat(directory.version()).isEqualTo(2);
    assertThat(directory.pushed("k")).isEmpty();
    assertThat(directory.pushed("other")).isNull();
  }
}
