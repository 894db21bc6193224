package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.IdempotencyRule;
import io.warmgate.config.IdempotencyRule.Method;
import io.warmgate.config.IdempotencyRule.Mode;
import io.warmgate.config.IdempotencyRule.OnUnavailable;
import io.warmgate.server.cache.redis.RealRedis;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Idempotency keys while pods and Redis are killed; and who has one key at the same time. */
class IdempotencyFaultsIT {
  private static final String FIELD = "Idempotency-Key";

  private final RealRedis redis = RealRedis.asUser("uid-1");
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod a = new Pod();
  private final Pod b = new Pod();
  private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();

  @BeforeEach
  void begin() {
    redis.start();
    origin.answer = this::act;
    serve(OnUnavailable.DENY);
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
    origin.close();
    redis.close();
  }

  private void act(HttpServerRequest request) {
    String key = request.getHeader(FIELD);
    int times = done.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
    request.response().end(key + " done " + times);
  }

  private void serve(OnUnavailable onUnavailable) {
    for (Pod pod : List.of(a, b)) {
      pod.serveKeyed(
              origin.port(),
              HONOR,
              redis.address(),
              new IdempotencyRule(
                  "idempotency-key",
                  Mode.OPTIONAL,
                  600_000,
                  List.of(Method.POST),
                  1_000,
                  onUnavailable))
          .awaitKeys();
    }
  }

  private static HttpResponse<String> post(Pod pod, String key) {
    return Pod.get(pod.post("/orders", "{}", FIELD, key));
  }

  private static String problem(HttpResponse<String> answer) {
    return answer.statusCode() + " " + answer.body().replaceAll("(?s).*problem:([a-z-]+).*", "$1");
  }

  private void awaitAsked(int requests) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == requests);
  }

  private static void awaitAnswer(Pod pod, String key, String answer) {
    await().atMost(20, TimeUnit.SECONDS).until(() -> post(pod, key).body().equals(answer));
  }

  /** The checker: many clients, two pods, the same keys at the same time. */
  @Test
  void theBackendDoesEachKeyOnceHoweverManySendIt() {
    int keys = 100;
    int each = 12;
    List<String> all = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      all.addAll(Collections.nCopies(each, "k" + key));
    }
    Collections.shuffle(all, new Random(7));
    Map<String, Set<String>> answers = new ConcurrentHashMap<>();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger replayed = new AtomicInteger();
    for (int from = 0; from < all.size(); from += 100) {
      List<CompletableFuture<Void>> some = new ArrayList<>();
      for (int i = from; i < Math.min(all.size(), from + 100); i++) {
        String key = all.get(i);
        some.add(
            (i % 2 == 0 ? a : b)
                .post("/orders", "{}", FIELD, key)
                .thenAccept(
                    answer -> {
                      if (answer.statusCode() == 409) {
                        refused.incrementAndGet();
                        return;
                      }
                      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                      answers
                          .computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet())
                          .add(answer.body());
                      if (answer.headers().firstValue("idempotency-replayed").isPresent()) {
                        replayed.incrementAndGet();
                      }
                    }));
      }
      some.forEach(Pod::get);
    }
    System.out.printf(
        "two pods, %d keys sent %d times each: %d asked the backend, %d replayed, %d refused%n",
        keys, each, origin.requests.get(), replayed.get(), refused.get());
    assertThat(done).hasSize(keys);
    assertThat(done.values()).allSatisfy(times -> assertThat(times).hasValue(1));
    answers.forEach((key, seen) -> assertThat(seen).containsExactly(key + " done 1"));
    assertThat(replayed.get() + refused.get()).isEqualTo(keys * (each - 1));
  }

  /** Both at once, on two pods: one reaches the backend, and the other one is told so. */
  @Test
  void ofTwoAtOnceOneIsTheFirst() {
    for (int i = 0; i < 20; i++) {
      String key = "k" + i;
      origin.hold();
      CompletableFuture<HttpResponse<String>> one = a.post("/orders", "{}", FIELD, key);
      CompletableFuture<HttpResponse<String>> two = b.post("/orders", "{}", FIELD, key);
      HttpResponse<?> refused = (HttpResponse<?>) Pod.get(CompletableFuture.anyOf(one, two));
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.headers().firstValue("retry-after")).contains("1");
      origin.release();
      assertThat(List.of(Pod.get(one).statusCode(), Pod.get(two).statusCode()))
          .containsExactlyInAnyOrder(200, 409);
      assertThat(origin.requests).hasValue(i + 1);
    }
  }

  /**
   * Nobody knows what the backend did for a pod that was killed: it is said so until the lease is
   * over, then whoever asks again is the first.
   */
  @Test
  void aKilledPodsKeyIsUnknownAndThenFree() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> lost = a.post("/orders", "{}", FIELD, "k");
    awaitAsked(1);
    a.die();
    assertThat(problem(post(b, "k"))).startsWith("409 ");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> problem(post(b, "k")).equals("409 idempotency-outcome-unknown"));
    HttpResponse<String> unknown = post(b, "k");
    assertThat(problem(unknown)).isEqualTo("409 idempotency-outcome-unknown");
    assertThat(Integer.parseInt(unknown.headers().firstValue("retry-after").orElse("")))
        .isBetween(1, (int) Pod.LEASE_MILLIS / 1_000);
    assertThat(problem(Pod.get(b.post("/orders", "[]", FIELD, "k"))))
        .isEqualTo("422 idempotency-key-reused");
    assertThat(origin.requests).as("while the lease holds").hasValue(1);
    origin.release();
    Pod.get(lost);
    awaitAnswer(b, "k", "k done 2");
    assertThat(origin.requests).hasValue(2);
  }

  /** A request that takes longer than a lease holds its key: the pod lives, and renews. */
  @Test
  void aSlowRequestHoldsItsKey() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> slow = a.post("/orders", "{}", FIELD, "k");
    awaitAsked(1);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2 * Pod.LEASE_MILLIS);
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              assertThat(problem(post(b, "k"))).startsWith("409 ");
              return System.nanoTime() > until;
            });
    origin.release();
    assertThat(Pod.get(slow).body()).isEqualTo("k done 1");
    awaitAnswer(b, "k", "k done 1");
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void whereRedisIsKilledInTheMiddleTheAnswerIsToldToItWhenItIsBack() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> first = a.post("/orders", "{}", FIELD, "k");
    awaitAsked(1);
    redis.kill();
    origin.release();
    assertThat(Pod.get(first).body()).as("the client has its answer").isEqualTo("k done 1");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> problem(post(b, "other")).equals("503 idempotency-unavailable"));
    assertThat(problem(post(a, "k")))
        .as("its own pod knows")
        .isEqualTo("409 idempotency-key-in-use");
    redis.start();
    a.awaitKeys();
    b.awaitKeys();
    awaitAnswer(a, "k", "k done 1");
    assertThat(post(b, "k").body()).isEqualTo("k done 1");
    assertThat(origin.requests).hasValue(1);
  }

  /** What is under way is held again in a Redis that came back with nothing. */
  @Test
  void whereRedisComesBackEmptyWhatIsUnderWayIsHeldAgain() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> first = a.post("/orders", "{}", FIELD, "k");
    awaitAsked(1);
    redis.kill();
    redis.start();
    a.awaitKeys();
    b.awaitKeys();
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> redis.ask("KEYS wg:{uid-1}:idempotency:*").contains("idempotency"));
    assertThat(problem(post(b, "k"))).isEqualTo("409 idempotency-key-in-use");
    origin.release();
    assertThat(Pod.get(first).body()).isEqualTo("k done 1");
    awaitAnswer(b, "k", "k done 1");
    assertThat(origin.requests).hasValue(1);
  }

  /** A Redis that does not answer may have reserved the key: it is given back. */
  @Test
  void whatRedisDidTooLateIsUndone() {
    redis.pause();
    assertThat(problem(post(a, "k"))).isEqualTo("503 idempotency-unavailable");
    redis.resume();
    a.awaitKeys();
    awaitAnswer(a, "k", "k done 1");
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void whereTheRuleSaysSoItGoesOnWithoutRedis() {
    serve(OnUnavailable.ALLOW);
    redis.kill();
    await().atMost(10, TimeUnit.SECONDS).until(() -> a.idempotency.redisConnections() == 0);
    assertThat(post(a, "k").body()).isEqualTo("k done 1");
    assertThat(post(a, "k").body()).as("as often as it is sent").isEqualTo("k done 2");
  }
}
