package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.CacheRule.OnLogLoss;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One pod with L1 alone. */
class HttpCacheTest {
  private CountingOrigin origin = new CountingOrigin();
  private Pod pod = new Pod();

  @BeforeEach
  void begin() {
    pod.serve(origin.port(), HONOR, "g1", null);
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  @Test
  void theSecondAnswerIsTheFirstOnes() {
    HttpResponse<String> miss = pod.get("/x");
    HttpResponse<String> hit = pod.get("/x?utm_source=mail");

    assertThat(status(miss))
        .startsWith("warmgate; fwd=uri-miss; stored; ttl=")
        .endsWith("; detail=nothing-found");
    assertThat(status(hit)).startsWith("warmgate; hit; ttl=").endsWith("; detail=fresh");
    assertThat(hit.body()).isEqualTo(miss.body()).isEqualTo("answer 1");
    assertThat(hit.headers().firstValue("age")).isPresent();
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void aHeadIsAnsweredFromAGet() {
    pod.get("/x");
    HttpResponse<String> head = pod.send("HEAD", "/x");
    assertThat(status(head)).contains("hit");
    assertThat(head.body()).isEmpty();
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void whoAsksTheSameMeanwhileWaitsForOneFetch() {
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(pod.ask("/x"));
    }
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    origin.release();

    assertThat(all).allSatisfy(one -> assertThat(Pod.get(one).body()).isEqualTo("answer 1"));
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void aLeaderThatGoesAwayDoesNotEndTheFetch() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> leader = pod.ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    CompletableFuture<HttpResponse<String>> follower = pod.ask("/x");
    leader.cancel(true);
    origin.release();

    assertThat(Pod.get(follower).body()).startsWith("answer");
    await().atMost(10, TimeUnit.SECONDS).until(() -> status(pod.get("/x")).contains("hit"));
    assertThat(origin.requests.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void anAnswerForOneIsNeverShared() {
    origin.answer = request -> origin.respond(request, "private, max-age=60");
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(pod.ask("/x"));
    }
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    origin.release();

    assertThat(all.stream().map(one -> Pod.get(one).body()).distinct()).hasSize(10);
    assertThat(origin.requests).hasValue(10);
  }

  @Test
  void variantsAreApart() {
    origin.answer =
        request -> {
          request.response().putHeader("vary", "Accept-Language");
          origin.respond(request, "max-age=60");
        };
    String german = pod.get("/x", "accept-language", "de").body();
    String french = pod.get("/x", "accept-language", "fr").body();
    assertThat(german).isNotEqualTo(french);
    assertThat(pod.get("/x", "accept-language", "de").body()).isEqualTo(german);
    assertThat(pod.get("/x", "accept-language", "fr").body()).isEqualTo(french);
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void clientsThatSayTheSameOfCodingsShareAVariant() {
    List<String> codings = new CopyOnWriteArrayList<>();
    origin.answer =
        request -> {
          codings.add(String.valueOf(request.getHeader("accept-encoding")));
          request.response().putHeader("vary", "Accept-Encoding");
          origin.respond(request, "max-age=60");
        };
    String packed = pod.get("/x", "accept-encoding", "gzip, deflate, br").body();
    assertThat(pod.get("/x", "accept-encoding", "br;q=1.0, gzip;q=0.8").body()).isEqualTo(packed);
    assertThat(pod.get("/x", "accept-encoding", "deflate").body()).isNotEqualTo(packed);
    assertThat(pod.get("/x", "accept-encoding", "gzip;level=9").body()).isNotEqualTo(packed);
    assertThat(pod.get("/x").body()).isNotEqualTo(packed);
    assertThat(codings).containsExactly("br, gzip", "identity", "gzip;level=9", "null");
  }

  @Test
  void aStaleAnswerIsValidatedAndServedAgain() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"");
          if ("\"v1\"".equals(request.getHeader("if-none-match"))) {
            request.response().setStatusCode(304).putHeader("cache-control", "max-age=60").end();
          } else {
            origin.respond(request, "no-cache");
          }
        };
    String first = pod.get("/x").body();
    HttpResponse<String> validated = pod.get("/x");

    assertThat(validated.body()).isEqualTo(first);
    assertThat(status(validated)).contains("fwd-status=304");
    assertThat(status(pod.get("/x"))).contains("hit");
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void aClientThatHasItGetsA304() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"");
          origin.respond(request, "max-age=60");
        };
    assertThat(pod.get("/x", "if-none-match", "\"v1\"").statusCode()).isEqualTo(304);
    HttpResponse<String> hit = pod.get("/x", "if-none-match", "\"v1\"");
    assertThat(hit.statusCode()).isEqualTo(304);
    assertThat(status(hit)).contains("hit");
    assertThat(pod.get("/x").body()).isEqualTo("answer 1");
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void anUnsafeRequestMakesItsTargetAMiss() {
    pod.get("/x");
    pod.send("POST", "/x");
    assertThat(status(pod.get("/x"))).contains("fwd=");
    assertThat(origin.requests).hasValue(3);
  }

  @Test
  void whatAPurgeNamesIsGoneAndAFillBegunBeforeItDoesNotSurviveIt() {
    pod.get("/gone");
    pod.get("/kept");
    origin.hold();
    CompletableFuture<HttpResponse<String>> begunBefore = pod.ask("/racing");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 3);

    pod.log.apply(
        new PurgeOrder("1", PurgeRequest.paths(List.of("/gone", "/racing"), List.of()), null));
    CompletableFuture<HttpResponse<String>> begunAfter = pod.ask("/racing");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 4);
    origin.release();

    String before = Pod.get(begunBefore).body();
    String after = Pod.get(begunAfter).body();
    assertThat(before).isNotEqualTo(after);
    assertThat(pod.get("/racing").body()).isEqualTo(after);
    assertThat(status(pod.get("/gone")))
        .startsWith("warmgate; fwd=miss; stored; ttl=")
        .endsWith("; detail=purged");
    assertThat(status(pod.get("/kept"))).contains("hit");
  }

  @Test
  void anotherGenerationIsAnotherAnswer() {
    String green = pod.get("/x").body();
    pod.serve(origin.port(), HONOR, "g2", null);
    assertThat(pod.get("/x").body()).isNotEqualTo(green);
    pod.serve(origin.port(), HONOR, "g1", null);
    assertThat(pod.get("/x").body()).as("the way back is warm").isEqualTo(green);
  }

  @Test
  void aTruncatedAnswerIsNeitherKeptNorMadeToLookWhole() {
    origin.answer =
        request -> {
          request
              .response()
              .putHeader("cache-control", "max-age=60")
              .putHeader("content-length", "1000")
              .write("only this");
          request.connection().close();
        };
    assertThat(pod.ask("/x")).failsWithin(20, TimeUnit.SECONDS);
    origin.answer = request -> origin.respond(request, "max-age=60");
    assertThat(pod.get("/x").statusCode()).isEqualTo(200);
  }

  @Test
  void anAnswerTooLargeToKeepFlowsThrough() {
    String large = "x".repeat(3 << 20);
    origin.answer =
        request -> request.response().putHeader("cache-control", "max-age=60").end(large);
    assertThat(pod.get("/x").body()).hasSameSizeAs(large);
    origin.answer =
        request -> {
          request.response().putHeader("cache-control", "max-age=60").setChunked(true);
          request.response().write(large).onComplete(_ -> request.response().end());
        };
    assertThat(pod.get("/y").body()).hasSameSizeAs(large);
    assertThat(status(pod.get("/y"))).doesNotContain("hit");
  }

  @Test
  void withoutAnyInvalidationChannelThePolicyDecides() {
    pod.serve(origin.port(), Pod.rule(OnLogLoss.BYPASS, 1_000), "g1", null);
    pod.get("/x");
    assertThat(status(pod.get("/x"))).contains("hit");
    pod.heartbeatAgeMillis.set(1_001);
    assertThat(status(pod.get("/x"))).isEqualTo("warmgate; fwd=bypass; detail=log-lost");
    pod.serve(origin.port(), HONOR, "g1", null);
    assertThat(status(pod.get("/x"))).contains("hit");
  }

  @Test
  void anAnswerThatWasNotKeptSaysWhy() {
    origin.answer = request -> origin.respond(request, "private");
    assertThat(status(pod.get("/x"))).isEqualTo("warmgate; fwd=uri-miss; detail=private");
    assertThat(status(pod.send("POST", "/x"))).isEqualTo("warmgate; fwd=method; detail=method");
    assertThat(status(pod.get("/x", "range", "bytes=0-0")))
        .isEqualTo("warmgate; fwd=bypass; detail=range");
  }

  @Test
  void theKeyIsShownToWhoAsks() {
    assertThat(status(pod.get("/x", "warmgate-debug", "cache-key")))
        .containsPattern("key=\"\\w{64}\"");
    assertThat(status(pod.get("/x", "warmgate-debug", "cache-key"))).containsPattern("hit.*key=");
    assertThat(status(pod.get("/x"))).doesNotContain("key=");
  }

  @Test
  void aPartIsTakenFromTheWhole() {
    pod.get("/x");
    HttpResponse<String> part = pod.get("/x", "range", "bytes=1-2");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("ns");
    assertThat(part.headers().firstValue("content-range")).contains("bytes 1-2/8");
    assertThat(part.headers().firstValue("content-length")).contains("2");
    assertThat(part.headers().firstValue("age")).isPresent();
    HttpResponse<String> none = pod.get("/x", "range", "bytes=8-");
    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(none.headers().firstValue("content-range")).contains("bytes */8");
    assertThat(none.body()).isEmpty();
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void aPartThatTheOriginGaveIsNeverTheWhole() {
    origin.answer =
        request -> {
          if (request.getHeader("range") == null) {
            origin.respond(request, "max-age=60");
          } else {
            request
                .response()
                .setStatusCode(206)
                .putHeader("cache-control", "max-age=60")
                .putHeader("content-range", "bytes 0-0/8")
                .end("a");
          }
        };
    assertThat(pod.get("/x", "range", "bytes=0-0").body()).isEqualTo("a");
    assertThat(pod.get("/x").body()).isEqualTo("answer 2");
  }

  @Test
  void directivesForThisCacheAreKeptFromTheClient() {
    origin.answer =
        request -> {
          request.response().putHeader("warmgate-cache-control", "max-age=60");
          request.response().putHeader("cdn-cache-control", "no-store");
          origin.respond(request, "no-store");
        };
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = pod.get("/x");
      assertThat(answer.body()).isEqualTo("answer 1");
      assertThat(answer.headers().firstValue("warmgate-cache-control")).isEmpty();
      assertThat(answer.headers().firstValue("cdn-cache-control")).contains("no-store");
      assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    }
  }
}
