package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.HOST;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs that are one by {@code No-Vary-Search}, in one pod with L1 alone. */
class EquivalentUrlsTest {
  private static final String REF = "params=(\"ref\")";
  private static final PurgeRequest SOFT =
      new PurgeRequest(List.of(), List.of("/a"), null, List.of(), false, PurgeRequest.Mode.SOFT);
  private static final Pattern KEY = Pattern.compile("key=\"?([0-9a-f]{64})");

  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod = new Pod();

  @BeforeEach
  void begin() {
    pod.serve(origin.port(), HONOR, "g1", null);
    says(REF);
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private void says(@Nullable String field) {
    says(field, "max-age=60");
  }

  /** What the origin says from now on; null: no such field. */
  private void says(@Nullable String field, String cacheControl) {
    origin.answer = request -> respond(request, field, cacheControl);
  }

  private void respond(HttpServerRequest request, @Nullable String field, String cacheControl) {
    if (field != null) {
      request.response().putHeader("no-vary-search", field);
    }
    origin.respond(request, cacheControl);
  }

  private String body(String path) {
    return pod.get(path).body();
  }

  private String key(String path) {
    Matcher key = KEY.matcher(status(pod.get(path, "warmgate-debug", "cache-key")));
    assertThat(key.find()).isTrue();
    return key.group(1);
  }

  private void purge(PurgeRequest request) {
    pod.log.apply(new PurgeOrder(UUID.randomUUID().toString(), request, null));
  }

  private List<CompletableFuture<HttpResponse<String>>> askAll(int count, String path) {
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(pod.ask(path + "&ref=" + i));
    }
    return all;
  }

  private void awaitRequests(int count) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == count);
  }

  @Test
  void whatDoesNotCountMakesNoOtherAnswer() {
    HttpResponse<String> miss = pod.get("/a?ref=1&id=7");
    assertThat(status(miss)).contains("fwd=uri-miss; stored").endsWith("detail=nothing-found");
    for (String path : List.of("/a?id=7&ref=2", "/a?id=7", "/a?%69d=%37", "/a?ref=1&id=7")) {
      HttpResponse<String> hit = pod.get(path);
      assertThat(status(hit)).as(path).contains("hit");
      assertThat(hit.body()).isEqualTo("answer 1");
    }
    assertThat(body("/a?id=8&ref=1")).isEqualTo("answer 2");
    assertThat(body("/b?id=7&ref=1")).isEqualTo("answer 3");
    assertThat(origin.asked)
        .as("the origin is asked for the whole URL")
        .containsExactly("GET /a?ref=1&id=7", "GET /a?id=8&ref=1", "GET /b?id=7&ref=1");
  }

  @Test
  void whoAsksWithoutAQueryToo() {
    says("params");
    assertThat(body("/a?x=1")).isEqualTo("answer 1");
    assertThat(body("/a")).isEqualTo("answer 1");
    assertThat(body("/a?")).isEqualTo("answer 1");
    assertThat(body("/a?y=2&z")).isEqualTo("answer 1");
  }

  @Test
  void orderAndWhatCountsAlone() {
    says("key-order, params, except=(\"a\" \"b\")");
    assertThat(body("/a?a=1&b=2")).isEqualTo("answer 1");
    assertThat(body("/a?b=2&x=3&a=1")).isEqualTo("answer 1");
    assertThat(body("/a?b=1&x=3&a=2")).isEqualTo("answer 2");
  }

  @Test
  void thePolicyComesFirst() {
    assertThat(body("/a?id=7&utm_source=mail&ref=1")).isEqualTo("answer 1");
    assertThat(body("/a?ref=2&utm_source=web&id=7")).isEqualTo("answer 1");
    assertThat(origin.asked).containsExactly("GET /a?id=7&ref=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"params=ref", "params=(\"ref\"), except=(\"id\")", "params=(\"ref\"", ""})
  void aFieldThatIsWrongIsNone(String field) {
    says(field);
    assertThat(body("/a?id=7&ref=1")).isEqualTo("answer 1");
    assertThat(body("/a?id=7&ref=2")).isEqualTo("answer 2");
    assertThat(body("/a?id=7&ref=1")).isEqualTo("answer 1");
  }

  @Test
  void anAnswerThatDoesNotSaySoIsForItsOwnUrlAlone() {
    body("/a?id=8&ref=1");
    says(null);
    assertThat(body("/a?id=7")).isEqualTo("answer 2");
    assertThat(body("/a?id=7&ref=1")).as("though that of the path did").isEqualTo("answer 3");
    assertThat(body("/a?id=7&ref=2")).isEqualTo("answer 4");
    assertThat(body("/a?id=7")).isEqualTo("answer 2");
    assertThat(body("/a?id=7&ref=1")).isEqualTo("answer 3");
    assertThat(body("/a?id=8&ref=3")).isEqualTo("answer 1");
  }

  @Test
  void anAnswerIsForTheUrlsThatItNamesItself() {
    body("/a?id=7&ref=1");
    says("params=(\"src\")");
    assertThat(body("/a?id=7&src=1")).isEqualTo("answer 2");
    assertThat(body("/a?id=7&src=2&ref=1")).as("each but one").isEqualTo("answer 3");
    assertThat(body("/a?id=7&src=2")).isEqualTo("answer 2");
    assertThat(body("/a?src=3&id=7&ref=1")).isEqualTo("answer 3");
  }

  @Test
  void aCredentialIsNeverLeftOut() {
    says("params", "public, max-age=60");
    assertThat(body("/a?token=alice&x=1")).isEqualTo("answer 1");
    assertThat(body("/a?token=alice&x=2")).isEqualTo("answer 1");
    assertThat(body("/a?token=bob")).isEqualTo("answer 2");
    assertThat(body("/a?x=1")).isEqualTo("answer 3");
  }

  @Test
  void aHeadIsAnsweredFromAnEquivalentGet() {
    body("/a?ref=1");
    assertThat(status(pod.send("HEAD", "/a?ref=2"))).contains("hit");
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void variantsAreApart() {
    origin.answer =
        request -> {
          request.response().putHeader("vary", "Accept-Language");
          respond(request, REF, "max-age=60");
        };
    String german = pod.get("/a?ref=1", "accept-language", "de").body();
    String french = pod.get("/a?ref=1", "accept-language", "fr").body();
    assertThat(german).isNotEqualTo(french);
    assertThat(pod.get("/a?ref=2", "accept-language", "de").body()).isEqualTo(german);
    assertThat(pod.get("/a?ref=3", "accept-language", "fr").body()).isEqualTo(french);
    assertThat(pod.get("/a", "accept-language", "fr").body()).isEqualTo(french);
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void beforeTheFirstAnswerOnlyTheSameUrlWaits() {
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = askAll(5, "/a?id=7");
    all.addAll(askAll(5, "/a?id=7"));
    awaitRequests(5);
    origin.release();
    assertThat(all.stream().map(one -> Pod.get(one).body()).distinct()).hasSize(5);
    assertThat(askAll(20, "/a?id=7")).allMatch(one -> status(Pod.get(one)).contains("hit"));
    assertThat(origin.requests).hasValue(5);
  }

  @Test
  void onceItIsKnownEquivalentUrlsWaitForOneFetch() {
    body("/a?id=8&ref=1");
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = askAll(50, "/a?id=7");
    awaitRequests(2);
    origin.release();
    assertThat(all).allSatisfy(one -> assertThat(Pod.get(one).body()).isEqualTo("answer 2"));
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void whoWaitedForAnAnswerThatIsNotItsOwnAsks() {
    body("/a?id=8&ref=1");
    says(null);
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = askAll(9, "/a?id=7");
    CompletableFuture<HttpResponse<String>> plain = pod.ask("/a?id=7");
    awaitRequests(2);
    origin.release();
    all.add(plain);
    assertThat(all.stream().map(one -> Pod.get(one).body()).distinct()).hasSize(10);
  }

  @Test
  void aStaleAnswerIsValidatedOnceForAll() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"");
          if ("\"v1\"".equals(request.getHeader("if-none-match"))) {
            request.response().setStatusCode(304).putHeader("cache-control", "max-age=60").end();
          } else {
            respond(request, REF, "no-cache");
          }
        };
    body("/a?id=7&ref=1");
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = askAll(20, "/a?id=7");
    awaitRequests(2);
    origin.release();
    assertThat(all).allSatisfy(one -> assertThat(Pod.get(one).body()).isEqualTo("answer 1"));
    assertThat(status(pod.get("/a?ref=99&id=7"))).contains("hit");
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void aValidationThatSaysOtherwiseEndsIt() {
    AtomicBoolean validated = new AtomicBoolean();
    origin.answer =
        request -> {
          if (validated.get()) {
            respond(request, null, "max-age=60");
          } else if ("\"v1\"".equals(request.getHeader("if-none-match"))) {
            validated.set(true);
            request
                .response()
                .setStatusCode(304)
                .putHeader("cache-control", "max-age=60")
                .putHeader("no-vary-search", "params=?0")
                .end();
          } else {
            request.response().putHeader("etag", "\"v1\"");
            respond(request, REF, "no-cache");
          }
        };
    assertThat(body("/a?id=7&ref=1")).isEqualTo("answer 1");
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = askAll(5, "/a?id=7");
    awaitRequests(2);
    origin.release();
    assertThat(all.stream().map(one -> Pod.get(one).body()).distinct())
        .as("who validated got the old one, the others their own")
        .hasSize(5)
        .contains("answer 1");
    assertThat(body("/a?id=7")).isNotEqualTo("answer 1");
  }

  @Test
  void whoWaitsForAValidationThatSaysItAnewIsServed() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"");
          respond(request, null, "no-cache");
        };
    body("/a?id=7&ref=1");
    origin.answer =
        request -> {
          if (request.getHeader("if-none-match") != null) {
            request.response().setStatusCode(304).putHeader("etag", "\"v1\"");
          }
          respond(request, REF, "max-age=60");
        };
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(pod.ask("/a?id=7&ref=1"));
    }
    awaitRequests(2);
    CompletableFuture<HttpResponse<String>> later = pod.ask("/later");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.asked.contains("GET /later"));
    origin.release();
    Pod.get(later);
    assertThat(all).allSatisfy(one -> assertThat(Pod.get(one).body()).isEqualTo("answer 1"));
    assertThat(origin.requests).hasValue(3);
  }

  @Test
  void anOldAnswerOfTheUrlItselfIsInNobodysWay() {
    says(null, "max-age=0");
    body("/a?id=7&ref=1");
    says(REF);
    assertThat(body("/a?id=7&ref=1")).isEqualTo("answer 2");
    assertThat(status(pod.get("/a?id=7&ref=1"))).contains("hit");
    assertThat(body("/a?id=7&ref=2")).isEqualTo("answer 2");
  }

  @Test
  void staleIsServedWhileOneRevalidates() {
    pod.serve(origin.port(), Pod.stale(60_000), "g2", null);
    says(REF, "max-age=1");
    body("/a?id=7&ref=1");
    purge(SOFT);
    says(REF);
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = askAll(20, "/a?id=7");
    assertThat(all).allSatisfy(one -> assertThat(Pod.get(one).body()).isEqualTo("answer 1"));
    awaitRequests(2);
    origin.release();
    await().atMost(10, TimeUnit.SECONDS).until(() -> body("/a?id=7&ref=x").equals("answer 2"));
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void allShowOneKey() {
    String first = key("/a?id=7&ref=1");
    assertThat(key("/a?id=7&ref=1")).isEqualTo(first);
    assertThat(key("/a?id=7&ref=2")).isEqualTo(first);
    assertThat(key("/a?id=7")).isEqualTo(first);
    assertThat(key("/a?id=8&ref=1")).isNotEqualTo(first);
  }

  @Test
  void everyPurgeThatNamesItHidesItFromAll() {
    origin.answer =
        request -> {
          request.response().putHeader("surrogate-key", "product:7");
          respond(request, REF, "max-age=60");
        };
    List<PurgeRequest> purges =
        List.of(
            PurgeRequest.paths(List.of("/a"), List.of()),
            PurgeRequest.tags(List.of("product:7"), List.of()),
            PurgeRequest.keys(List.of(key("/a?id=7&ref=0"))),
            SOFT,
            PurgeRequest.everything());
    for (PurgeRequest each : purges) {
      String before = body("/a?id=7&ref=1");
      assertThat(body("/a?ref=2&id=7")).isEqualTo(before);
      purge(each);
      String after = body("/a?ref=3&id=7");
      assertThat(after).as(each.toString()).isNotEqualTo(before);
      assertThat(body("/a?id=7")).isEqualTo(after);
      assertThat(body("/a?id=7&ref=1")).isEqualTo(after);
    }
  }

  @Test
  void whoAsksAfterAPurgeDoesNotJoinAFillBegunBefore() {
    says(null);
    String key = key("/a?id=7");
    says(REF);
    origin.hold();
    CompletableFuture<HttpResponse<String>> before = pod.ask("/a?id=7&ref=1");
    awaitRequests(2);
    purge(PurgeRequest.keys(List.of(key)));
    CompletableFuture<HttpResponse<String>> after = pod.ask("/a?id=7&ref=1");
    CompletableFuture<HttpResponse<String>> later = pod.ask("/later");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.asked.contains("GET /later"));
    origin.release();
    Pod.get(later);
    assertThat(Pod.get(after).body()).isNotEqualTo(Pod.get(before).body());
    assertThat(body("/a?id=7&ref=2")).isEqualTo(Pod.get(after).body());
  }

  @Test
  void explainShowsTheKeyThatIsUsed() {
    body("/a?id=7&ref=1");
    Explanation.Key key = explained("/a?ref=2&id=7");
    assertThat(key.hash()).isEqualTo(key("/a?id=7"));
    assertThat(key.query()).isEqualTo("id=7");
    assertThat(key.queryAsked()).isEqualTo("ref=2&id=7");
    assertThat(explained("/a?ref=2&id=8").query()).as("nothing is there yet").isEqualTo("id=8");
    assertThat(explained("/b?ref=2").query()).isEqualTo("ref=2");
    assertThat(origin.requests).hasValue(1);
  }

  private Explanation.Key explained(String path) {
    Explanation explanation =
        pod.explain(
            new ExplainRequest(
                "GET",
                "http://" + HOST + path,
                List.of(),
                null,
                null,
                ExplainRequest.Origin.LEAVE));
    return Objects.requireNonNull(Objects.requireNonNull(explanation.cached()).key());
  }

  /** Whatever an origin says, a path costs a request a bounded number of looks. */
  @Test
  void ofMoreThanAreRememberedTheOldestIsAskedForAnew() {
    for (int i = 0; i < 5; i++) {
      says("params=(\"p" + i + "\")");
      body("/a?id=" + i + "&p" + i + "=1");
    }
    assertThat(body("/a?id=0&p0=2")).isEqualTo("answer 6");
    assertThat(body("/a?id=1&p1=2")).isEqualTo("answer 2");
    assertThat(body("/a?id=4&p4=2")).isEqualTo("answer 5");
  }
}
