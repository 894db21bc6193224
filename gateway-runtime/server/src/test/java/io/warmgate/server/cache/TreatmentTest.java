package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.warmgate.config.Admission;
import io.warmgate.config.CacheOptions;
import io.warmgate.config.ClientView;
import io.warmgate.config.ClientView.SurrogateHeaders;
import io.warmgate.config.Conditions;
import io.warmgate.config.Conditions.Condition;
import io.warmgate.config.Conditions.Condition.Part;
import io.warmgate.config.Expiry;
import io.warmgate.config.KeyParts;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Methods;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a policy asks of the cache beyond the RFCs' rules, through real sockets. */
class TreatmentTest {
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod = new Pod();

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private void serve(Expiry expiry, Conditions conditions, Admission admission, ClientView client) {
    pod.serve(
        origin.port(),
        HONOR.with(
            new CacheOptions(
                Lifetimes.NONE,
                KeyParts.NONE,
                expiry,
                Methods.SAFE,
                conditions,
                admission,
                client)),
        "g1",
        null);
  }

  private void serve(Conditions conditions) {
    serve(Expiry.NONE, conditions, Admission.ALL, ClientView.ORIGINS);
  }

  private void serve(Admission admission) {
    serve(Expiry.NONE, Conditions.NONE, admission, ClientView.ORIGINS);
  }

  private void serve(ClientView client) {
    serve(Expiry.NONE, Conditions.NONE, Admission.ALL, client);
  }

  private void serve(Expiry expiry) {
    serve(expiry, Conditions.NONE, Admission.ALL, ClientView.ORIGINS);
  }

  @Test
  void aRequestThatBypassesIsNeitherLookedUpNorStored() {
    serve(
        new Conditions(
            List.of(
                new Condition(Part.HEADER, "x-preview", null),
                new Condition(Part.COOKIE, "admin", "1")),
            List.of()));
    String kept = pod.get("/x").body();
    HttpResponse<String> preview = pod.get("/x", "X-Preview", "");
    assertThat(status(preview)).isEqualTo("warmgate; fwd=bypass; detail=bypass");
    assertThat(preview.body()).isNotEqualTo(kept);
    assertThat(status(pod.get("/x", "cookie", "a=b; admin=1"))).endsWith("; detail=bypass");
    assertThat(pod.get("/x", "cookie", "admin=0").body()).isEqualTo(kept);
    assertThat(pod.get("/x").body()).isEqualTo(kept);
    pod.get("/y", "x-preview", "1");
    assertThat(status(pod.get("/y"))).contains("fwd=uri-miss; stored");
  }

  @Test
  void aRequestThatStoresNothingIsStillLookedUp() {
    serve(new Conditions(List.of(), List.of(new Condition(Part.QUERY, "debug", "1"))));
    for (int i = 0; i < 2; i++) {
      assertThat(status(pod.get("/x?debug=1")))
          .isEqualTo("warmgate; fwd=uri-miss; detail=unstored");
    }
    assertThat(status(pod.get("/x?debug=0"))).contains("; stored");
    // The same entry, once for who stores and once for who does not.
    serve(new Conditions(List.of(), List.of(new Condition(Part.HEADER, "x-robot", null))));
    String kept = pod.get("/y").body();
    assertThat(pod.get("/y", "x-robot", "1").body()).isEqualTo(kept);
  }

  @Test
  void aStaleAnswerIsNotRevalidatedForARequestThatStoresNothing() {
    serve(new Conditions(List.of(), List.of(new Condition(Part.HEADER, "x-robot", null))));
    origin.answer = request -> origin.respond(request, "max-age=0, stale-while-revalidate=600");
    pod.get("/x");
    HttpResponse<String> robot = pod.get("/x", "x-robot", "1");
    assertThat(status(robot)).isEqualTo("warmgate; fwd=stale; detail=unstored");
    assertThat(robot.body()).isEqualTo("answer 2");
    assertThat(status(pod.get("/x"))).endsWith("; detail=stale-while-revalidate");
  }

  @Test
  void bodiesOutsideTheLimitsArePassedOn() {
    serve(new Admission(9, 10L, 1, 0));
    origin.answer =
        request ->
            request
                .response()
                .putHeader("cache-control", "max-age=60")
                .setChunked(request.path().startsWith("/chunked"))
                .end("x".repeat(Integer.parseInt(request.getParam("length"))));
    assertThat(status(pod.get("/x?length=8"))).endsWith("; detail=too-small");
    assertThat(status(pod.get("/x?length=11"))).endsWith("; detail=too-large");
    for (String path : List.of("/x?length=9", "/x?length=10", "/chunked?length=9")) {
      pod.get(path);
      assertThat(status(pod.get(path))).as(path).contains("; hit");
    }
    for (String path : List.of("/x?length=8", "/chunked?length=8", "/chunked?length=11")) {
      pod.get(path);
      assertThat(status(pod.get(path))).as(path).contains("fwd=uri-miss");
    }
  }

  @Test
  void anAnswerIsKeptOnceItWasAskedForOftenEnough() {
    serve(new Admission(0, null, 3, 600_000));
    for (int i = 0; i < 2; i++) {
      assertThat(status(pod.get("/x"))).isEqualTo("warmgate; fwd=uri-miss; detail=rarely-asked");
    }
    assertThat(status(pod.get("/y"))).endsWith("; detail=rarely-asked");
    assertThat(status(pod.get("/x"))).contains("; stored");
    assertThat(status(pod.get("/x"))).contains("; hit");
    assertThat(origin.requests).hasValue(4);
  }

  @Test
  void equivalentUrlsAreCountedAsOneFromTheSecondOn() {
    serve(new Admission(0, null, 3, 600_000));
    origin.answer =
        request -> {
          request.response().putHeader("no-vary-search", "params=(\"ref\")");
          origin.respond(request, "max-age=60");
        };
    for (int i = 0; i < 3; i++) {
      assertThat(status(pod.get("/x?ref=" + i))).endsWith("; detail=rarely-asked");
    }
    assertThat(status(pod.get("/x?ref=3"))).contains("; stored");
    assertThat(status(pod.get("/x?ref=4"))).contains("; hit");
  }

  @Test
  void lifetimesDifferByKeyAndNotByRequest() {
    serve(new Expiry(50, Expiry.EarlyRefresh.OFF));
    origin.answer = request -> origin.respond(request, "max-age=100000");
    List<Long> ttls = List.of("/a", "/b", "/c", "/d").stream().map(this::ttl).toList();
    assertThat(ttls).allSatisfy(ttl -> assertThat(ttl).isBetween(49_000L, 100_000L));
    assertThat(ttls.stream().distinct().count()).isGreaterThan(1);
    pod.log.apply(new PurgeOrder("1", PurgeRequest.paths(List.of("/a"), List.of()), null));
    // Lifetimes of two keys differ by whole hundreds; a clock may tick between two requests.
    assertThat(ttl("/a")).as("the same key").isCloseTo(ttls.getFirst(), within(2L));
  }

  private long ttl(String path) {
    return ttl(pod.get(path));
  }

  private static long ttl(HttpResponse<String> response) {
    Matcher ttl = Pattern.compile("ttl=(\\d+)").matcher(status(response));
    assertThat(ttl.find()).as(status(response)).isTrue();
    return Long.parseLong(ttl.group(1));
  }

  /** It took a second and is fresh for two more: a hit in seven brings it up to date. */
  @Test
  void aHotAnswerIsBroughtUpToDateBeforeItsEnd() {
    serve(new Expiry(0, Expiry.EarlyRefresh.ON));
    origin.answer =
        request ->
            Vertx.currentContext()
                .owner()
                .setTimer(1_000, _ -> origin.respond(request, "max-age=3"));
    assertThat(pod.get("/x").body()).isEqualTo("answer 1");
    origin.answer = request -> origin.respond(request, "max-age=3600");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              HttpResponse<String> hit = pod.get("/x");
              assertThat(status(hit)).startsWith("warmgate; hit; ").endsWith("; detail=fresh");
              return hit.body().equals("answer 2");
            });
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void clientsAreToldWhatThePolicySays() {
    serve(new ClientView("public, max-age=5", SurrogateHeaders.STRIP));
    origin.answer =
        request -> {
          request
              .response()
              .putHeader("surrogate-key", "a b")
              .putHeader("cache-tag", "c")
              .putHeader("expires", "Thu, 01 Jan 2037 00:00:00 GMT")
              .putHeader("date", "Thu, 01 Jan 2026 00:00:00 GMT")
              .putHeader("etag", "\"a\"");
          origin.respond(request, request.path().equals("/mine") ? "private" : "max-age=999999999");
        };
    for (int i = 0; i < 4; i++) {
      HttpResponse<String> answer = pod.get("/x");
      assertThat(answer.headers().allValues("cache-control")).containsExactly("public, max-age=5");
      assertThat(answer.headers().map())
          .doesNotContainKeys("expires", "age", "surrogate-key", "cache-tag");
      assertThat(answer.headers().firstValue("date").orElse("")).doesNotContain("Jan 2026");
    }
    HttpResponse<String> unchanged = pod.get("/x", "if-none-match", "\"a\"");
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.headers().allValues("cache-control")).containsExactly("public, max-age=5");
    assertThat(origin.requests).hasValue(1);
    HttpResponse<String> mine = pod.get("/mine");
    assertThat(mine.headers().allValues("cache-control")).containsExactly("private");
    assertThat(mine.headers().map()).containsKey("expires").doesNotContainKey("surrogate-key");
  }

  @Test
  void withoutAWordClientsGetWhatTheOriginSaid() {
    serve(ClientView.ORIGINS);
    origin.answer =
        request -> {
          request.response().putHeader("surrogate-key", "a");
          origin.respond(request, "max-age=60");
        };
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = pod.get("/x");
      assertThat(answer.headers().allValues("cache-control")).containsExactly("max-age=60");
      assertThat(answer.headers().map()).containsKey("surrogate-key");
    }
  }
}
