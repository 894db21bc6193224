package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Admission;
import io.warmgate.config.CacheOptions;
import io.warmgate.config.ClientView;
import io.warmgate.config.Conditions;
import io.warmgate.config.Expiry;
import io.warmgate.config.KeyParts;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Methods;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.PurgeRequest.Mode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts that an origin gave, kept and combined by one pod with L1 alone. */
class PartialAnswersTest {
  private static final int LENGTH = 100;

  private final MediaOrigin film = new MediaOrigin(LENGTH);
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod = new Pod();

  @BeforeEach
  void begin() {
    origin.answer = film::answer;
    pod.serve(origin.port(), HONOR, "g1", null);
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private HttpResponse<String> range(String range, String... more) {
    List<String> fields = new ArrayList<>(List.of("range", "bytes=" + range));
    fields.addAll(List.of(more));
    return pod.get("/film", fields.toArray(String[]::new));
  }

  private void isPart(HttpResponse<String> response, int first, int last) {
    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(response.headers().firstValue("content-range"))
        .contains("bytes " + first + "-" + last + "/" + LENGTH);
    assertThat(response.headers().firstValueAsLong("content-length")).hasValue(last + 1 - first);
    assertThat(response.body()).isEqualTo(film.text(film.version.get(), first, last));
  }

  /** The client's connection is answered before the last byte is kept. */
  private void awaitHit(String range) {
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(status(range(range))).startsWith("warmgate; hit"));
    film.asked();
  }

  @Test
  void whatWasAskedForIsServedAgainAndWhatLiesWithin() {
    HttpResponse<String> first = range("10-19");
    isPart(first, 10, 19);
    assertThat(status(first))
        .startsWith("warmgate; fwd=uri-miss; stored; ttl=")
        .endsWith("; detail=nothing-found");
    awaitHit("10-19");
    HttpResponse<String> within = range("12-14");
    isPart(within, 12, 14);
    assertThat(status(within)).startsWith("warmgate; hit; ttl=").endsWith("; detail=fresh");
    assertThat(within.headers().firstValue("age")).isPresent();
    assertThat(within.headers().firstValue("content-type")).contains("video/mp4");
    assertThat(range("100-").statusCode()).isEqualTo(416);
    assertThat(range("50-", "if-none-match", "\"v1\"").statusCode()).isEqualTo(304);
    assertThat(film.asked()).isEmpty();
  }

  @Test
  void onlyWhatIsMissingIsAskedFor() {
    range("0-9");
    awaitHit("0-9");
    HttpResponse<String> both = range("0-19");
    isPart(both, 0, 19);
    assertThat(both.headers().firstValue("content-type")).contains("video/mp4");
    assertThat(status(both))
        .startsWith("warmgate; fwd=partial; stored; ttl=")
        .endsWith("; detail=partly-stored");
    assertThat(film.asked()).containsExactly("bytes=10-19 if-range \"v1\"");
    awaitHit("5-15");
    range("30-39");
    awaitHit("30-39");
    isPart(range("15-34"), 15, 34);
    assertThat(film.asked()).containsExactly("bytes=20-29 if-range \"v1\"");
    awaitHit("0-39");
    isPart(range("90-", "if-range", "\"v1\""), 90, 99);
    assertThat(film.asked()).as("two are missing").containsExactly("bytes=90-");
    isPart(range("20-"), 20, 99);
  }

  @Test
  void oncePartsAreCompleteTheyAreTheWhole() {
    range("0-49");
    awaitHit("0-49");
    range("50-");
    awaitHit("50-99");
    HttpResponse<String> whole = pod.get("/film");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(film.text(1, 0, 99));
    assertThat(whole.headers().firstValue("content-type")).contains("video/mp4");
    assertThat(whole.headers().firstValue("content-range")).isEmpty();
    assertThat(status(whole)).startsWith("warmgate; hit");
    assertThat(film.asked()).isEmpty();
  }

  @Test
  void partsNeverAnswerWhoAsksForTheWhole() {
    range("0-49");
    awaitHit("0-49");
    HttpResponse<String> head = pod.send("HEAD", "/film", "range", "bytes=0-9");
    assertThat(status(head)).doesNotContain("hit");
    HttpResponse<String> whole = pod.get("/film");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(film.text(1, 0, 99));
    assertThat(status(whole)).startsWith("warmgate; fwd=uri-miss");
  }

  @Test
  void aStalePartIsValidatedAndServed() {
    film.cacheControl = "max-age=0";
    range("10-19");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(
            () -> assertThat(status(range("10-19"))).contains("fwd=stale; fwd-status=304"));
    film.asked();
    isPart(range("12-14"), 12, 14);
    assertThat(film.asked()).containsExactly("bytes=12-14 if-none-match \"v1\"");
    film.cacheControl = "max-age=60";
    isPart(range("10-14"), 10, 14);
    assertThat(status(range("10-19"))).startsWith("warmgate; hit");
  }

  @Test
  void partsOfTwoRepresentationsAreNeverOne() {
    range("0-9");
    awaitHit("0-9");
    film.version.set(2);
    HttpResponse<String> whole = range("0-19");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(film.text(2, 0, 99));
    assertThat(film.asked()).containsExactly("bytes=10-19 if-range \"v1\"");
    awaitHit("0-19");
    isPart(range("0-19"), 0, 19);
  }

  @Test
  void aNewRepresentationsPartTakesTheOldOnesPlace() {
    range("0-9");
    awaitHit("0-9");
    film.version.set(2);
    isPart(range("50-59"), 50, 59);
    awaitHit("50-59");
    isPart(range("0-9"), 0, 9);
  }

  @Test
  void ifRangeIsEvaluatedOnTheAnswer() {
    isPart(range("40-49", "if-range", "\"v1\""), 40, 49);
    assertThat(film.asked()).containsExactly("bytes=40-49");
    awaitHit("40-49");
    HttpResponse<String> other = range("60-69", "if-range", "\"v0\"");
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(film.text(1, 0, 99));
  }

  @Test
  void whoResumesGetsTheRestFromWhatOthersGot() {
    range("40-", "if-range", "\"v1\"");
    awaitHit("40-99");
    HttpResponse<String> resumed = range("70-", "if-range", "\"v1\"");
    isPart(resumed, 70, 99);
    assertThat(resumed.headers().firstValue("etag")).contains("\"v1\"");
    assertThat(film.asked()).isEmpty();
  }

  @Test
  void whoAsksForTheSameRangeMeanwhileWaitsForOneFetch() {
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add(pod.ask("/film", "range", "bytes=20-29"));
    }
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    CompletableFuture<HttpResponse<String>> other = pod.ask("/film", "range", "bytes=30-39");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 2);
    origin.release();
    all.forEach(one -> isPart(Pod.get(one), 20, 29));
    isPart(Pod.get(other), 30, 39);
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void purgesHideParts() {
    range("0-9");
    awaitHit("0-9");
    film.version.set(2);
    purge("1", Mode.HARD);
    isPart(range("0-9"), 0, 9);
    assertThat(film.asked()).containsExactly("bytes=0-9");
    awaitHit("0-9");
    film.version.set(3);
    purge("2", Mode.SOFT);
    isPart(range("0-9"), 0, 9);
    assertThat(film.asked()).containsExactly("bytes=0-9 if-none-match \"v2\"");
  }

  /** The fill that began before the purge is not joined, and adds nothing to what came after. */
  @Test
  void aPartUnderWayThatIsPurgedIsForNobodyWhoAsksAfterwards() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> before = pod.ask("/film", "range", "bytes=0-9");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    purge("1", Mode.HARD);
    CompletableFuture<HttpResponse<String>> after = pod.ask("/film", "range", "bytes=0-9");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 2);
    origin.release();
    Pod.get(before);
    isPart(Pod.get(after), 0, 9);
  }

  private void purge(String id, Mode mode) {
    pod.log.apply(
        new PurgeOrder(
            id, new PurgeRequest(List.of("film"), List.of(), null, List.of(), false, mode), null));
  }

  @Test
  void aWriteHidesParts() {
    range("0-9");
    awaitHit("0-9");
    pod.send("DELETE", "/film");
    film.asked();
    range("0-9");
    assertThat(film.asked()).containsExactly("bytes=0-9");
  }

  @Test
  void whatMayNotBeKeptIsPassedOn() {
    film.cacheControl = "private";
    assertThat(status(range("0-9"))).isEqualTo("warmgate; fwd=uri-miss; detail=private");
    assertThat(status(range("0-9"))).isEqualTo("warmgate; fwd=bypass; detail=range");
    film.cacheControl = "max-age=60";
    film.tagPrefix = "W/";
    HttpResponse<String> weak = pod.get("/other", "range", "bytes=0-9");
    assertThat(weak.body()).isEqualTo(film.text(1, 0, 9));
    assertThat(status(weak)).isEqualTo("warmgate; fwd=uri-miss; detail=no-strong-tag");
    HttpResponse<String> several = pod.get("/other", "range", "bytes=0-1,5-6");
    assertThat(status(several)).isEqualTo("warmgate; fwd=bypass; detail=range");
  }

  @Test
  void whatNobodyMayShareIsNotKeptAsAPartEither() {
    isPart(range("0-9", "authorization", "Bearer x"), 0, 9);
    assertThat(status(range("0-9", "authorization", "Bearer x"))).doesNotContain("hit");
  }

  @Test
  void anOriginThatKnowsNoRangesIsAskedOnce() {
    origin.answer = request -> origin.respond(request, "max-age=60");
    HttpResponse<String> whole = pod.get("/x", "range", "bytes=1-2");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo("answer 1");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> pod.get("/x", "range", "bytes=1-2").body().equals("ns"));
    assertThat(pod.get("/x").body()).isEqualTo("answer 1");
  }

  @Test
  void variantsArePartsOfTheirOwn() {
    origin.answer =
        request -> {
          request.response().putHeader("vary", "Accept-Language");
          film.answer(request);
        };
    range("0-9", "accept-language", "de");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> status(range("0-9", "accept-language", "de")).contains("hit"));
    assertThat(status(range("0-9", "accept-language", "fr"))).contains("fwd=vary-miss");
  }

  @Test
  void thePolicysSizesAreOfTheWhole() {
    serve(new Admission(0, 50L, 1, 0));
    assertThat(status(range("0-9"))).contains("detail=too-large");
    serve(new Admission(50, null, 1, 0));
    pod.get("/a", "range", "bytes=0-9");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> status(pod.get("/a", "range", "bytes=0-9")).contains("hit"));
  }

  private void serve(Admission admission) {
    pod.serve(
        origin.port(),
        HONOR.with(
            new CacheOptions(
                Lifetimes.NONE,
                KeyParts.NONE,
                Expiry.NONE,
                Methods.SAFE,
                Conditions.NONE,
                admission,
                ClientView.ORIGINS)),
        "g1",
        null);
  }

  @Test
  void aFailureIsHiddenByAStalePartThatIsAllThere() {
    film.cacheControl = "max-age=0, stale-if-error=600";
    range("0-9");
    await().atMost(10, TimeUnit.SECONDS).until(() -> status(range("0-9")).contains("fwd=stale"));
    origin.answer = request -> request.response().setStatusCode(503).end();
    HttpResponse<String> stale = range("2-5");
    isPart(stale, 2, 5);
    assertThat(status(stale)).contains("detail=stale-if-error");
    assertThat(range("5-15").statusCode()).isEqualTo(503);
  }

  /** A part whose connection breaks is not kept, and breaks the client's. */
  @Test
  void aTruncatedPartIsNotKept() {
    origin.answer =
        request -> {
          request
              .response()
              .setStatusCode(206)
              .putHeader("etag", "\"v1\"")
              .putHeader("cache-control", "max-age=60")
              .putHeader("content-range", "bytes 0-9/100")
              .putHeader("content-length", "10")
              .write("abc")
              .onComplete(_ -> request.connection().close());
        };
    assertThat(pod.ask("/film", "range", "bytes=0-9"))
        .failsWithin(java.time.Duration.ofSeconds(10));
    origin.answer = film::answer;
    isPart(range("0-9"), 0, 9);
  }

  /** Whatever its size, what a client asks for comes; what has room is kept. */
  @Test
  void ofALargeWholeAsMuchIsKeptAsHasRoom() {
    int length = 6 << 20;
    MediaOrigin large = new MediaOrigin(length);
    origin.answer = large::answer;
    HttpResponse<String> all = pod.get("/large", "range", "bytes=0-");
    assertThat(all.statusCode()).isEqualTo(206);
    assertThat(all.body()).isEqualTo(large.text(1, 0, length - 1));
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> status(pod.get("/large", "range", "bytes=0-999")).contains("hit"));
    large.asked();
    HttpResponse<String> resumed = pod.get("/large", "range", "bytes=1000000-");
    assertThat(resumed.body()).isEqualTo(large.text(1, 1_000_000, length - 1));
    assertThat(large.asked()).containsExactly("bytes=2097152-6291455 if-range \"v1\"");
    assertThat(pod.cache.local().bytes()).isLessThan(3 << 20);
  }

  /** Random ranges of an origin that changes, by many at a time: no answer is of two versions. */
  @Test
  void whateverIsServedIsOfOneVersion() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int hits = 0;
    for (int round = 0; round < 60; round++) {
      if (random.nextInt(4) == 0) {
        film.version.incrementAndGet();
      }
      film.cacheControl = random.nextInt(3) == 0 ? "max-age=0" : "max-age=60";
      String path = "/film" + random.nextInt(2);
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int first = random.nextInt(LENGTH);
        all.add(pod.ask(path, "range", "bytes=" + first + "-" + (first + random.nextInt(40))));
        if (i == 4 && random.nextInt(4) == 0) {
          film.version.incrementAndGet();
        }
      }
      for (CompletableFuture<HttpResponse<String>> one : all) {
        HttpResponse<String> response = Pod.get(one);
        isOfItsVersion(response, seed);
        hits += status(response).contains("; hit") ? 1 : 0;
      }
    }
    assertThat(hits).as("seed %d", seed).isPositive();
  }

  private void isOfItsVersion(HttpResponse<String> response, long seed) {
    String tag = response.headers().firstValue("etag").orElseThrow();
    int version = Integer.parseInt(tag.substring(2, tag.length() - 1));
    int first = 0;
    int last = LENGTH - 1;
    if (response.statusCode() == 206) {
      String[] range = response.headers().firstValue("content-range").orElseThrow().split("[ /-]");
      first = Integer.parseInt(range[1]);
      last = Integer.parseInt(range[2]);
    }
    assertThat(response.body())
        .as("seed %d: %s", seed, status(response))
        .isEqualTo(film.text(version, first, last));
  }
}
