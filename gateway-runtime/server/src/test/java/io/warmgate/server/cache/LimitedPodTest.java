package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Limit;
import io.warmgate.config.Limit.By;
import io.warmgate.config.Limit.Hits;
import io.warmgate.config.Limit.Mode;
import io.warmgate.config.Limit.Unit;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.limit.LimitCounts.Outcome;
import io.warmgate.server.listener.Raw;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client sees of limits, on one pod that counts for itself. */
class LimitedPodTest {
  private static final long HOUR = 3_600_000;

  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod = new Pod(this::log);

  private void log(Exchange exchange) {
    logged.add(exchange.reason() + " " + exchange.overLimit());
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  /** A line is written when the client may have its answer already. */
  private void awaitLogged(String line) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> logged.contains(line));
  }

  private static Limit limit(String name, Unit unit, long amount, Hits hits, Mode mode) {
    return new Limit(
        name, By.CLIENT_ADDRESS, unit, amount, unit == Unit.CONCURRENCY ? 0 : HOUR, hits, mode);
  }

  private static Limit counted(String name, long amount) {
    return limit(name, Unit.REQUESTS, amount, Hits.COUNTED, Mode.ENFORCE);
  }

  private static Limit free(String name, long amount) {
    return limit(name, Unit.REQUESTS, amount, Hits.FREE, Mode.ENFORCE);
  }

  private static String field(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private List<Integer> statuses(String... paths) {
    return Stream.of(paths).map(path -> pod.get(path).statusCode()).toList();
  }

  @Test
  void whoIsAboveItGets429AndTheOriginIsNotAsked() {
    pod.serveLimited(origin.port(), null, null, counted("hourly", 2));
    HttpResponse<String> first = pod.get("/a");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(field(first, "ratelimit-policy")).isEqualTo("\"hourly\";q=2;w=3600");
    assertThat(field(first, "ratelimit")).isEqualTo("\"hourly\";r=1");
    pod.get("/a");
    HttpResponse<String> refused = pod.get("/a");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(field(refused, "retry-after"))).isBetween(3_000, 3_780);
    assertThat(field(refused, "ratelimit")).matches("\"hourly\";r=0;t=[0-9]{4}");
    assertThat(field(refused, "cache-control")).isEqualTo("no-store");
    assertThat(refused.body())
        .isEqualTo(
            "{\"type\":\"urn:warmgate:problem:limited\",\"title\":\"More was asked for than a"
                + " limit admits.\",\"status\":429,\"violated-policies\":[\"hourly\"]}\n");
    assertThat(origin.requests).hasValue(2);
    awaitLogged("limited hourly");
    assertThat(pod.limits.counts().of("hourly", Outcome.ADMITTED)).isEqualTo(2);
    assertThat(pod.limits.counts().of("hourly", Outcome.REFUSED)).isEqualTo(1);
  }

  @Test
  void hitsCount() {
    pod.serveLimited(origin.port(), HONOR, null, counted("hourly", 2));
    assertThat(statuses("/a", "/a", "/a")).containsExactly(200, 200, 429);
    assertThat(origin.requests).hasValue(1);
  }

  /** So many that they share what their heads have in common: each says what is left after it. */
  @Test
  void eachOfManyHitsSaysWhatIsLeft() {
    pod.serveLimited(origin.port(), HONOR, null, counted("hourly", 1_000));
    assertThat(pod.get("/a").statusCode()).isEqualTo(200);
    String get = Raw.head("GET /a HTTP/1.1", "Host: " + Pod.HOST);
    String old = Raw.head("GET /a HTTP/1.0", "Host: " + Pod.HOST, "Connection: keep-alive");
    String head = Raw.head("HEAD /a HTTP/1.1", "Host: " + Pod.HOST);
    String last = Raw.head("GET /a HTTP/1.1", "Host: " + Pod.HOST, "Connection: close");
    String all = Raw.exchange(pod.port, get.repeat(60) + old + head + get + last);
    List<String> fields = all.lines().filter(line -> line.startsWith("ratelimit")).toList();
    assertThat(fields)
        .isEqualTo(
            IntStream.range(0, 64)
                .mapToObj(i -> List.of("ratelimit-policy: \"hourly\";q=1000;w=3600", left(998 - i)))
                .flatMap(List::stream)
                .toList());
    assertThat(all.split("HTTP/1\\.[01] 200 OK", -1)).hasSize(65);
    assertThat(all.split("answer 1", -1)).as("all but the answer to HEAD").hasSize(64);
  }

  /** On a connection that went over from HTTP/1.1: nobody there writes what comes after a head. */
  @Test
  void eachOfManyHitsOfHttp2SaysWhatIsLeft() throws Exception {
    pod.serveLimited(origin.port(), HONOR, null, counted("hourly", 1_000));
    HttpRequest get =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pod.port + "/a")).build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      for (int i = 0; i < 60; i++) {
        HttpResponse<String> answer = client.send(get, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().allValues("ratelimit"))
            .containsExactly("\"hourly\";r=" + (999 - i));
      }
    }
  }

  private static String left(int remaining) {
    return "ratelimit: \"hourly\";r=" + remaining;
  }

  @Test
  void hitsAreFree() {
    pod.serveLimited(origin.port(), HONOR, null, free("hourly", 2));
    assertThat(statuses("/a", "/a", "/a", "/b", "/b", "/c", "/a"))
        .containsExactly(200, 200, 200, 200, 200, 429, 200);
    assertThat(origin.requests).hasValue(2);
    assertThat(field(pod.get("/a"), "ratelimit")).as("it says nothing of a hit").isEmpty();
  }

  @Test
  void whatIsBroughtUpToDateInTheBackgroundIsNobodys() {
    origin.answer = request -> origin.respond(request, "max-age=0, stale-while-revalidate=600");
    pod.serveLimited(origin.port(), HONOR, null, free("hourly", 1));
    pod.get("/a");
    for (int i = 2; i < 5; i++) {
      int seen = i;
      assertThat(pod.get("/a").statusCode()).isEqualTo(200);
      await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() >= seen);
    }
    assertThat(pod.limits.counts().of("hourly", Outcome.ADMITTED)).isEqualTo(1);
  }

  /**
   * What the policy lets stand in for an error stands in for a refusal too, where hits are free.
   */
  @Test
  void whereHitsAreFreeAStaleAnswerGoesBefore429() {
    origin.answer = request -> origin.respond(request, "max-age=0, stale-if-error=600");
    pod.serveLimited(origin.port(), HONOR, null, free("hourly", 1));
    assertThat(pod.get("/a").body()).isEqualTo("answer 1");
    HttpResponse<String> stale = pod.get("/a");
    assertThat(stale.statusCode()).isEqualTo(200);
    assertThat(stale.body()).isEqualTo("answer 1");
    assertThat(origin.requests).hasValue(1);
    assertThat(pod.get("/b").statusCode()).isEqualTo(429);
  }

  @Test
  void whoIsAnsweredByAnothersFetchIsFree() {
    Limit perBackend =
        new Limit("all", By.BACKEND, Unit.REQUESTS, 1, HOUR, Hits.FREE, Mode.ENFORCE);
    pod.serveLimited(origin.port(), HONOR, null, perBackend);
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, 20).mapToObj(_ -> pod.ask("/x")).toList();
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    origin.release();
    assertThat(all).allSatisfy(one -> assertThat(Pod.get(one).statusCode()).isEqualTo(200));
    assertThat(pod.limits.counts().of("all", Outcome.REFUSED)).as("they joined it").isZero();
  }

  @Test
  void aShadowRefusesNobodyAndIsReported() {
    pod.serveLimited(
        origin.port(), null, null, limit("try", Unit.REQUESTS, 1, Hits.COUNTED, Mode.SHADOW));
    assertThat(statuses("/a", "/a")).containsExactly(200, 200);
    awaitLogged("no-policy try");
    assertThat(pod.limits.counts().of("try", Outcome.SHADOWED)).isEqualTo(1);
    assertThat(field(pod.get("/a"), "ratelimit")).isEmpty();
  }

  /** A request that one limit refuses is not counted by another. */
  @Test
  void aRequestIsCountedByAllOrByNone() {
    pod.serveLimited(origin.port(), null, null, counted("wide", 3), counted("narrow", 1));
    assertThat(statuses("/a", "/a", "/a", "/a")).containsExactly(200, 429, 429, 429);
    assertThat(pod.limits.counts().of("wide", Outcome.ADMITTED)).isEqualTo(1);
    HttpResponse<String> refused = pod.get("/a");
    assertThat(field(refused, "ratelimit-policy"))
        .isEqualTo("\"wide\";q=3;w=3600, \"narrow\";q=1;w=3600");
    assertThat(refused.body()).contains("\"violated-policies\":[\"narrow\"]");
  }

  @Test
  void soManyAreUnderWay() {
    pod.serveLimited(
        origin.port(),
        null,
        null,
        limit("at-once", Unit.CONCURRENCY, 2, Hits.COUNTED, Mode.ENFORCE));
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> held = List.of(pod.ask("/a"), pod.ask("/b"));
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 2);
    HttpResponse<String> refused = pod.get("/c");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(field(refused, "retry-after")).isEqualTo("1");
    assertThat(field(refused, "ratelimit-policy"))
        .isEqualTo("\"at-once\";q=2;qu=\"concurrent-requests\"");
    origin.release();
    held.forEach(one -> assertThat(Pod.get(one).statusCode()).isEqualTo(200));
    await().atMost(10, TimeUnit.SECONDS).until(() -> pod.get("/d").statusCode() == 200);
  }

  /** A client that goes away is under way no more. */
  @Test
  void whoGoesAwayLeavesItsPlace() {
    pod.serveLimited(
        origin.port(), null, null, limit("at-once", Unit.CONCURRENCY, 1, Hits.FREE, Mode.ENFORCE));
    origin.hold();
    CompletableFuture<HttpResponse<String>> gone = pod.ask("/a");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    gone.cancel(true);
    origin.release();
    await().atMost(10, TimeUnit.SECONDS).until(() -> pod.get("/b").statusCode() == 200);
  }

  @Test
  void bytesCountWhenAnAnswerHasEnded() {
    origin.answer = request -> request.response().end("x".repeat(1_000));
    pod.serveLimited(
        origin.port(), null, null, limit("traffic", Unit.BYTES, 2_500, Hits.COUNTED, Mode.ENFORCE));
    assertThat(field(pod.get("/a"), "ratelimit-policy"))
        .isEqualTo("\"traffic\";q=2500;qu=\"content-bytes\";w=3600");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> pod.limits.counts().of("traffic", Outcome.ADMITTED) == 1);
    assertThat(statuses("/a", "/a")).as("the last goes beyond it").containsExactly(200, 200);
    await().atMost(10, TimeUnit.SECONDS).until(() -> pod.get("/a").statusCode() == 429);
  }

  @Test
  void aPodAdmitsItsShareWhereNobodyCountsForAll() {
    pod.answering.set(4);
    pod.serveLimited(origin.port(), null, null, counted("hourly", 8));
    assertThat(statuses("/a", "/a", "/a")).containsExactly(200, 200, 429);
  }

  /** RFC 6585 §4: "Responses with the 429 status code MUST NOT be stored by a cache." */
  @Test
  void aRefusalIsNotKept() {
    pod.serveLimited(origin.port(), HONOR, null, counted("hourly", 1));
    pod.get("/a");
    assertThat(pod.get("/b").statusCode()).isEqualTo(429);
    pod.serveLimited(origin.port(), HONOR, null, counted("hourly", 2));
    assertThat(pod.get("/b").statusCode()).isEqualTo(200);
  }

  @Test
  void whoNamesAnotherAddressIsItself() {
    pod.serveLimited(origin.port(), null, null, counted("hourly", 2));
    List<Integer> statuses =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    pod.get(
                            "/a",
                            "X-Forwarded-For",
                            "192.0.2." + i,
                            "Forwarded",
                            "for=192.0.2." + i)
                        .statusCode())
            .toList();
    assertThat(statuses).containsExactly(200, 200, 429, 429);
  }

  @Test
  void whatTheOriginSaysOfItsOwnLimitsStays() {
    origin.answer =
        request -> {
          request.response().putHeader("ratelimit", "\"origin\";r=5;t=9");
          origin.respond(request, "no-store");
        };
    pod.serveLimited(origin.port(), null, null, counted("hourly", 2));
    assertThat(pod.get("/a").headers().allValues("ratelimit"))
        .containsExactly("\"origin\";r=5;t=9", "\"hourly\";r=1");
  }
}
