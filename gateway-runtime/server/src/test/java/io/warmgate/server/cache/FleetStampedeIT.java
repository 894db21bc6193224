package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.StampedeTest.ORIGIN_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.server.cache.redis.RealRedis;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hundred clients on one key of four pods that share a Redis. */
class FleetStampedeIT {
  private final RealRedis redis = redis();
  private final CountingOrigin origin = new CountingOrigin();
  private final List<Pod> pods = Stream.generate(Pod::new).limit(4).toList();
  private final Vertx clock = Vertx.vertx();

  /** What the pods are on. */
  RealRedis redis() {
    return new RealRedis();
  }

  @BeforeEach
  void begin() {
    redis.start();
    for (Pod pod : pods) {
      pod.serve(origin.port(), HONOR, "g1", redis.address());
    }
    pods.forEach(Pod::awaitRedis);
    Storm.over(pods, "/warm").answers();
    pods.forEach(Pod::awaitRedis);
    origin.requests.set(0);
  }

  @AfterEach
  void end() {
    pods.forEach(Pod::close);
    origin.close();
    redis.close();
    Pod.await(clock.close());
  }

  private Storm storm(String what, String path, String... fields) {
    int before = origin.requests.get();
    Storm storm = Storm.over(pods, path, fields);
    long p99 = storm.p99();
    int counted = origin.requests.get() - before;
    System.out.printf("four pods, %s: %d requests to the origin, p99 %d ms%n", what, counted, p99);
    return storm;
  }

  private Consumer<HttpServerRequest> slow(Consumer<HttpServerRequest> answer) {
    return request -> clock.setTimer(ORIGIN_MILLIS, _ -> answer.accept(request));
  }

  private Consumer<HttpServerRequest> slow(String cacheControl) {
    return slow(request -> origin.respond(request, cacheControl));
  }

  @Test
  void cold() {
    origin.answer = slow("max-age=60");
    Storm storm = storm("cold", "/x");
    assertThat(origin.requests).hasValue(1);
    assertThat(storm.answers()).allMatch(one -> one.answer().equals("answer 1"));
  }

  @Test
  void variantsAreFetchedOnceEach() {
    origin.answer =
        slow(
            request -> {
              request.response().putHeader("vary", "x-colour");
              origin.respond(request, "max-age=60");
            });
    storm("cold, one variant", "/x", "X-Colour: red");
    assertThat(origin.requests).hasValue(1);
    storm("cold, another variant", "/x", "X-Colour: blue");
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void expired() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"1\"");
          origin.respond(request, "max-age=0");
        };
    pods.getFirst().get("/x");
    origin.answer = slow("max-age=60");
    Storm storm = storm("expired", "/x");
    assertThat(origin.requests).hasValue(2);
    assertThat(storm.answers()).allMatch(one -> one.answer().equals("answer 2"));
  }

  @Test
  void expiredAndServedStaleMeanwhile() {
    origin.answer = request -> origin.respond(request, "max-age=0, stale-while-revalidate=600");
    pods.getFirst().get("/x");
    for (Pod pod : pods) {
      await().atMost(10, TimeUnit.SECONDS).until(() -> Pod.status(pod.get("/x")).contains("hit"));
    }
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() > 1);
    int before = origin.requests.get();
    origin.hold();
    origin.answer = slow("max-age=60, stale-while-revalidate=600");
    assertThat(storm("expired, stale while revalidating", "/x").with(200)).isEqualTo(100);
    origin.release();
    pods.forEach(
        pod ->
            await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> Pod.status(pod.get("/x")).endsWith("detail=fresh")));
    assertThat(origin.requests.get() - before).isLessThanOrEqualTo(2);
  }

  @Test
  void anAnswerThatIsNotSharedHoldsOffNobodyTwice() {
    origin.answer = slow("private");
    Storm first = storm("not shared", "/x");
    assertThat(first.answers().stream().map(Storm.Got::answer).distinct()).hasSize(100);
    storm("not shared, again", "/x");
    assertThat(origin.requests).hasValue(200);
    origin.hold();
    Storm third = Storm.over(pods, "/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 300);
    origin.release();
    assertThat(third.with(200)).isEqualTo(100);
  }

  @Test
  void theFirstAnswerIsAnError() {
    origin.answer =
        slow(
            request -> {
              if (request.response().headers().get("x-number").equals("1")) {
                request.response().setStatusCode(503);
              }
              origin.respond(request, "max-age=60");
            });
    Storm storm = storm("leader gets a 503", "/x");
    assertThat(origin.requests).hasValue(2);
    assertThat(storm.with(503)).isEqualTo(1);
    assertThat(storm.with(200)).isEqualTo(99);
  }

  @Test
  void anAnswerThatRedisHasNoRoomForIsFetchedOnceAPod() {
    redis.limit("5mb");
    origin.answer =
        slow(
            request -> {
              request.response().putHeader("cache-control", "max-age=60");
              request.response().end("x".repeat(3 << 20));
            });
    assertThat(storm("no room in Redis", "/x").with(200)).isEqualTo(100);
    assertThat(origin.requests.get()).isBetween(4, 8);
  }

  @Test
  void thePodThatFetchesDies() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> lost = pods.getFirst().ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    CompletableFuture<HttpResponse<String>> waiting = pods.getLast().ask("/x");
    pods.getFirst().die();
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 2);
    origin.release();
    assertThat(Pod.get(waiting).statusCode()).isEqualTo(200);
    lost.cancel(true);
  }

  /** Who finds the lease free after having waited for it looks before it fetches. */
  @Test
  void newsThatAreLostCostNoFetch() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> first = pods.getFirst().ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    CompletableFuture<HttpResponse<String>> waiting = pods.getLast().ask("/x");
    String lease = redis.ask("KEYS *:lease").lines().toList().getLast();
    await().atMost(10, TimeUnit.SECONDS).until(() -> redis.ask("GET " + lease).contains("+"));
    redis.ask("CLIENT KILL TYPE pubsub");
    origin.release();
    assertThat(Pod.get(first).body()).isEqualTo("answer 1");
    assertThat(Pod.get(waiting).body()).isEqualTo("answer 1");
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void redisIsGoneWhileOthersWait() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> first = pods.getFirst().ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    List<CompletableFuture<HttpResponse<String>>> waiting =
        pods.stream().skip(1).map(pod -> pod.ask("/x")).toList();
    redis.pause();
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 4);
    origin.release();
    assertThat(Pod.get(first).statusCode()).isEqualTo(200);
    assertThat(waiting).allSatisfy(one -> assertThat(Pod.get(one).statusCode()).isEqualTo(200));
    redis.resume();
  }

  @Test
  void whoAsksAfterAPurgeIsNotGivenWhatWasFetchedBefore() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> before = pods.getFirst().ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    PurgeReceipt receipt =
        Pod.await(pods.getLast().log.append(new PurgeOrder("1", PurgeRequest.everything(), null)));
    pods.forEach(pod -> pod.log.apply(new PurgeOrder("1", PurgeRequest.everything(), receipt)));
    List<CompletableFuture<HttpResponse<String>>> after =
        pods.stream().map(pod -> pod.ask("/x")).toList();
    origin.release();
    assertThat(Pod.get(before).body()).isEqualTo("answer 1");
    assertThat(after).allSatisfy(one -> assertThat(Pod.get(one).body()).isNotEqualTo("answer 1"));
  }
}
