package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.HOST;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.Explanation.State;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.server.cache.redis.RealRedis;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** URLs that are one by {@code No-Vary-Search}, in two pods of one gateway on one Redis. */
class EquivalentUrlsIT {
  private final RealRedis redis = RealRedis.started();
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod a = new Pod();
  private final Pod b = new Pod();

  @BeforeEach
  void begin() {
    for (Pod pod : List.of(a, b)) {
      pod.serve(origin.port(), HONOR, "g1", redis.address());
      pod.awaitRedis();
      for (int i = 0; i < 20; i++) {
        pod.get("/warm-" + pod.port + "-" + i);
      }
      pod.awaitRedis();
    }
    says(_ -> {}, "max-age=60");
    origin.requests.set(0);
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
    origin.close();
    redis.close();
  }

  private void says(Consumer<HttpServerRequest> more, String cacheControl) {
    origin.answer =
        request -> {
          variesById(request);
          more.accept(request);
          origin.respond(request, cacheControl);
        };
  }

  private static void variesById(HttpServerRequest request) {
    request.response().putHeader("no-vary-search", "params, except=(\"id\")");
  }

  private static Explanation.Cached explained(Pod pod, String path) {
    Explanation explanation =
        pod.explain(
            new ExplainRequest(
                "GET",
                "http://" + HOST + path,
                List.of(),
                null,
                null,
                ExplainRequest.Origin.LEAVE));
    return Objects.requireNonNull(explanation.cached());
  }

  private void awaitInRedis(String path) {
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> Objects.requireNonNull(explained(b, path).redis()).state() == State.FOUND);
  }

  @Test
  void whatOnePodFetchedTheOtherServesToEquivalents() {
    assertThat(a.get("/x?id=7&ref=1").body()).isEqualTo("answer 1");
    awaitInRedis("/x?ref=9&id=7");

    assertThat(b.get("/x?ref=2&id=7").body()).isEqualTo("answer 1");
    assertThat(status(b.get("/x?ref=3&id=7"))).contains("hit");
    assertThat(b.get("/x?id=7").body()).isEqualTo("answer 1");
    assertThat(b.get("/x?id=8").body()).isEqualTo("answer 2");
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void whoAsksExactlyTheCanonicalQueryNeedsNoIndex() {
    a.get("/x?id=7&ref=1");
    a.get("/y?ref=1");
    awaitInRedis("/x?id=7");
    awaitInRedis("/y");
    assertThat(b.get("/x?id=7").body()).isEqualTo("answer 1");
    assertThat(b.get("/y").body()).isEqualTo("answer 2");
  }

  @Test
  void variantsAreApart() {
    says(request -> request.response().putHeader("vary", "Accept-Language"), "max-age=60");
    String german = a.get("/x?id=7&ref=1", "accept-language", "de").body();
    String french = a.get("/x?id=7&ref=1", "accept-language", "fr").body();
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () ->
                b.get("/x?id=7&ref=2", "accept-language", "fr").body().equals(french)
                    && b.get("/x?id=7&ref=3", "accept-language", "de").body().equals(german));
    assertThat(origin.requests).hasValue(2);
  }

  /** Nobody knows that the answer will lie under another key than was asked for. */
  @Test
  void aStormBeforeTheFirstAnswerIsOneFetchAmongPods() {
    origin.hold();
    Storm storm = Storm.over(List.of(a, b), "/x?id=7&ref=1");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    origin.release();
    assertThat(storm.answers()).allMatch(one -> one.answer().equals("answer 1"));
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void aStaleAnswerIsValidatedByOnePodForAllEquivalents() {
    AtomicInteger validations = new AtomicInteger();
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"");
          if ("\"v1\"".equals(request.getHeader("if-none-match"))) {
            validations.incrementAndGet();
            request.response().setStatusCode(304).putHeader("cache-control", "max-age=60").end();
          } else {
            variesById(request);
            origin.respond(request, "no-cache");
          }
        };
    a.get("/x?id=7&ref=1");
    awaitInRedis("/x?id=7");
    assertThat(b.get("/x?id=7&ref=2").body()).isEqualTo("answer 1");
    await().atMost(10, TimeUnit.SECONDS).until(() -> status(b.get("/x?id=7")).contains("hit"));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> status(a.get("/x?id=7&ref=3")).contains("; hit"));
    assertThat(validations).hasValueLessThanOrEqualTo(2);
    assertThat(a.get("/x?id=7&ref=4").body()).isEqualTo("answer 1");
  }

  @Test
  void purgesHideItInRedisFromAllEquivalents() {
    says(request -> request.response().putHeader("surrogate-key", "seven"), "max-age=60");
    a.get("/x?id=7&ref=0");
    awaitInRedis("/x?id=7");
    String key = Objects.requireNonNull(explained(b, "/x?id=7&ref=0").key()).hash();
    for (PurgeRequest each :
        List.of(
            PurgeRequest.keys(List.of(key)),
            PurgeRequest.paths(List.of("/x"), List.of()),
            PurgeRequest.tags(List.of("seven"), List.of()))) {
      String old = a.get("/x?id=7&ref=1").body();
      awaitInRedis("/x?id=7");
      PurgeOrder order = new PurgeOrder(UUID.randomUUID().toString(), each, null);
      PurgeReceipt receipt = Pod.await(a.log.append(order));
      b.log.apply(order.at(receipt));
      assertThat(b.get("/x?id=7&ref=2").body()).as(each.toString()).isNotEqualTo(old);
      assertThat(a.get("/x?id=7&ref=3").body()).isNotEqualTo(old);
    }
  }

  @Test
  void explainSeesWhatAnotherPodStored() {
    a.get("/x?id=7&ref=1");
    awaitInRedis("/x?ref=2&id=7");
    Explanation.Cached there = explained(b, "/x?ref=2&id=7");
    Explanation.Key key = Objects.requireNonNull(there.key());
    assertThat(key.query()).isEqualTo("id=7");
    assertThat(key.hash())
        .isEqualTo(Objects.requireNonNull(explained(a, "/x?id=7&ref=3").key()).hash());
    assertThat(Objects.requireNonNull(there.memory()).state()).isEqualTo(State.NOTHING);
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void withoutRedisThePodGoesOn() {
    a.get("/x?id=7&ref=1");
    redis.kill();
    assertThat(status(a.get("/x?id=7&ref=2"))).contains("hit");
    assertThat(b.get("/x?id=7&ref=3").body()).isEqualTo("answer 2");
    assertThat(status(b.get("/x?id=7&ref=4"))).contains("hit");
  }
}
