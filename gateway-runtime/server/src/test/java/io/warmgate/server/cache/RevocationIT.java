package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.warmgate.config.Access;
import io.warmgate.config.Consumer;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.Revocation.Taken;
import io.warmgate.config.admin.RevokeOrder;
import io.warmgate.server.access.Revoked;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.exchange.CacheStep;
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Four pods of one gateway on one Redis, and keys that are revoked while the answer they ask for is
 * cached and shared. Whoever shows a revoked key in {@code x-key} is refused before the cache.
 */
class RevocationIT {
  private static final int REVOCATIONS = 200;
  private static final String GOOD = "f".repeat(64);

  private final RealRedis redis = new RealRedis();
  private final CountingOrigin origin = new CountingOrigin();
  private final List<Pod> pods = new ArrayList<>();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void begin() {
    redis.start();
    origin.answer = request -> origin.respond(request, "max-age=3600");
    for (int i = 0; i < 4; i++) {
      pods.add(pod());
    }
    pods.forEach(Pod::awaitRedis);
    pods.forEach(pod -> await().until(() -> status(pod.get("/hot")).contains("; hit")));
  }

  @AfterEach
  void end() {
    clients.close();
    pods.forEach(Pod::close);
    origin.close();
    redis.close();
  }

  private Pod pod() {
    Pod pod = new Pod(Observer.NONE, RevocationIT::door);
    pod.serve(origin.port(), HONOR, "g1", redis.address());
    pod.log.serves(1, Access.NOBODY);
    return pod;
  }

  private static CacheStep door(Revoked revoked, CacheStep cache) {
    return (exchange, origin) -> {
      String key = exchange.request().getHeader("x-key");
      return key != null && revoked.key(key)
          ? Future.failedFuture(new ProblemException(Problem.PREVIEW_REFUSED))
          : cache.answer(exchange, origin);
    };
  }

  private static String key(int n) {
    return "%064x".formatted(n);
  }

  private static RevokeOrder revoking(String key, long below) {
    Taken taken =
        new Taken("shop/app", false, List.of(new Revocation.Key(key, null)), List.of(), List.of());
    return new RevokeOrder(
        "revoked:" + below + ":" + key, new Revocation(false, List.of(taken)), below, null);
  }

  private static boolean denies(Pod pod, String key) {
    return pod.get("/hot", "x-key", key).statusCode() == 403;
  }

  private void awaitDenied(String key) {
    await().atMost(Duration.ofSeconds(20)).until(() -> pods.stream().allMatch(p -> denies(p, key)));
  }

  @Test
  void whatIsRevokedIsRefusedByEveryPodWithin50MillisecondsAndOthersGoOnToHit() {
    try (Hits others = new Hits()) {
      for (int i = 0; i < 20; i++) {
        revoke(key(1_000_000 + i)); // before anything is counted
      }
      long[] all = new long[REVOCATIONS * pods.size()];
      for (int i = 0; i < REVOCATIONS; i++) {
        long[] took = revoke(key(i));
        System.arraycopy(took, 0, all, i * took.length, took.length);
      }
      Arrays.sort(all);
      System.out.printf(
          "four pods, %d revocations, from the append to the first request refused:"
              + " p50 %.1f ms, p99 %.1f ms, most %.1f ms; beside %d hits of others%n",
          REVOCATIONS,
          all[all.length / 2] / 1e6,
          all[all.length * 99 / 100] / 1e6,
          all[all.length - 1] / 1e6,
          others.count.get());
      assertThat(others.wrong.get()).isNull();
      assertThat(others.count.get()).isGreaterThan(REVOCATIONS);
      assertThat(Duration.ofNanos(all[all.length / 2])).isLessThan(Duration.ofMillis(50));
      assertThat(Duration.ofNanos(all[all.length * 99 / 100])).isLessThan(Duration.ofMillis(500));
    }
    assertThat(denies(pods.getFirst(), key(0))).as("the first is still refused").isTrue();
  }

  /** How long each pod let the key in after the append began, in nanoseconds. */
  private long[] revoke(String key) {
    assertThat(denies(pods.getLast(), key)).isFalse();
    List<CompletableFuture<Long>> refused =
        pods.stream()
            .map(pod -> CompletableFuture.supplyAsync(() -> refusedAt(pod, key), clients))
            .toList();
    long began = System.nanoTime();
    PurgeReceipt _ = Pod.await(pods.getFirst().log.append(revoking(key, 2)));
    long[] took = new long[pods.size()];
    for (int i = 0; i < took.length; i++) {
      took[i] = Pod.get(refused.get(i)) - began;
    }
    return took;
  }

  private static long refusedAt(Pod pod, String key) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!denies(pod, key)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("pod at " + pod.port + " still lets it in");
      }
    }
    return System.nanoTime();
  }

  /** Others, who ask every pod for what is cached; each answer is a hit. */
  private final class Hits implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<@Nullable String> wrong = new AtomicReference<>();
    private final List<CompletableFuture<Void>> askers =
        pods.stream().map(pod -> CompletableFuture.runAsync(() -> ask(pod), clients)).toList();

    private void ask(Pod pod) {
      while (!over.get()) {
        HttpResponse<String> answer = pod.get("/hot", "x-key", GOOD);
        if (answer.statusCode() != 200 || !status(answer).contains("; hit")) {
          wrong.set(answer.statusCode() + " " + status(answer));
        }
        count.incrementAndGet();
      }
    }

    @Override
    public void close() {
      over.set(true);
      for (CompletableFuture<Void> asker : askers) {
        Pod.get(asker);
      }
    }
  }

  @Test
  void aPodThatStartsInTheMiddleRefusesFromItsFirstRequestOn() {
    Pod.await(pods.getFirst().log.append(revoking(key(1), 2)));
    awaitDenied(key(1));
    pods.removeLast().close();
    Pod again = pod();
    pods.add(again);
    await().until(again.log::caughtUp);
    assertThat(denies(again, key(1))).isTrue();
    assertThat(denies(again, GOOD)).isFalse();
  }

  @Test
  void whereRedisIsAwayThePushIsObeyedAndTheLogIsToldLater() {
    redis.kill();
    await().until(() -> pods.stream().allMatch(pod -> pod.log.purges().trustedEpoch() == null));
    RevokeOrder order = revoking(key(1), 2);
    assertThat(failed(order)).isTrue();
    pods.subList(0, 3).forEach(pod -> pod.log.apply(order));
    assertThat(pods.subList(0, 3)).allMatch(pod -> denies(pod, key(1)));
    assertThat(denies(pods.getLast(), key(1))).as("nobody told it").isFalse();
    redis.start();
    awaitDenied(key(1));
  }

  private boolean failed(RevokeOrder order) {
    try {
      PurgeReceipt _ = Pod.await(pods.getFirst().log.append(order));
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  /** Redis is restarted empty: the pods tell its new log. */
  @Test
  void anotherEpochOfTheLogForgetsNoRevocation() {
    Pod.await(pods.getFirst().log.append(revoking(key(1), 2)));
    awaitDenied(key(1));
    String before = epoch(pods.getFirst());
    redis.kill();
    redis.start();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !List.of("", before).contains(epoch(pods.getFirst())));
    Pod late = pod();
    pods.add(late);
    await().atMost(Duration.ofSeconds(20)).until(() -> denies(late, key(1)));
    assertThat(pods).allMatch(pod -> denies(pod, key(1)) && !denies(pod, GOOD));
  }

  private static String epoch(Pod pod) {
    String epoch = pod.log.purges().trustedEpoch();
    return epoch == null ? "" : epoch;
  }

  /** Revision 2 takes the key away, revision 3 gives it again. */
  @Test
  void anOlderOrderTakesNothingFromARevisionThatGivesItAgain() {
    Pod.await(pods.getFirst().log.append(revoking(key(1), 2)));
    awaitDenied(key(1));
    Consumer app =
        new Consumer(
            "shop/app",
            List.of(new Consumer.Key(key(1), null)),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    Access gives = new Access(List.of(), List.of(app));
    pods.subList(0, 3).forEach(pod -> pod.log.serves(3, gives));
    assertThat(pods.subList(0, 3)).noneMatch(pod -> denies(pod, key(1)));
    assertThat(denies(pods.getLast(), key(1))).as("it serves revision 1 still").isTrue();
    Pod late = pod();
    pods.add(late);
    await().until(late.log::caughtUp);
    assertThat(denies(late, key(1))).isTrue();
    late.log.serves(3, gives);
    assertThat(denies(late, key(1))).isFalse();
  }
}
