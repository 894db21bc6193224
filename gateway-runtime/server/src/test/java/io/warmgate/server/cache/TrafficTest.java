package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.CacheLayers;
import io.warmgate.config.CacheRule;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.admin.ClientTraffic;
import io.warmgate.config.admin.Miss;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.ReleaseTraffic;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.server.Settings;
import io.warmgate.server.telemetry.AccessLog;
import io.warmgate.server.telemetry.RequestMetrics;
import io.warmgate.server.telemetry.RequestTelemetry;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pod counts of each rule and release, by what its clients were answered with. */
class TrafficTest {
  private static final String LONG = "a body that is no coincidence. ".repeat(10);

  private final CountingOrigin origin = new CountingOrigin();
  private final AccessLog accessLog = new AccessLog(OutputStream.nullOutputStream(), 16).start();
  private final Pod pod =
      new Pod(
          new RequestTelemetry(
              new Settings.Pod("edge-1", "test", "uid", "127.0.0.1"),
              new RequestMetrics(),
              accessLog));

  @BeforeEach
  void serve() {
    serve(HONOR, "g1");
  }

  private void serve(@Nullable CacheRule rule, String generation) {
    pod.serve(origin.port(), rule, generation, null);
  }

  @AfterEach
  void end() {
    pod.close();
    accessLog.close();
    origin.close();
  }

  private Optional<ReleaseTraffic> release(String generation) {
    return pod.traffic().flatMap(rule -> rule.release(generation));
  }

  private ClientTraffic clients() {
    return pod.traffic().map(RuleTraffic::clients).orElse(ClientTraffic.NONE);
  }

  /** A request is counted when its answer was written, which its client may see before. */
  private ClientTraffic after(long requests) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> clients().requests() >= requests);
    assertThat(clients().requests()).isEqualTo(requests);
    return clients();
  }

  private static Map<Miss, Long> one(Miss miss) {
    return Map.of(miss, 1L);
  }

  @Test
  void aHitAndTheMissBeforeIt() {
    pod.get("/a");
    pod.get("/a");
    pod.get("/a");
    ClientTraffic clients = after(3);
    assertThat(clients.fresh()).isEqualTo(2);
    assertThat(clients.misses()).isEqualTo(one(Miss.FIRST_SEEN));
    assertThat(release("g1").orElseThrow().origin().exchanges()).isEqualTo(1);
    assertThat(release("g1").orElseThrow().origin().latency().count()).isEqualTo(1);
  }

  @Test
  void whoIsAnsweredByAnothersFetchIsAHit() {
    origin.hold();
    Storm storm = Storm.over(List.of(pod), "/a");
    await().until(() -> origin.requests.get() == 1);
    origin.release();
    storm.answers();
    ClientTraffic clients = after(100);
    assertThat(clients.coalesced() + clients.fresh()).isEqualTo(99);
    assertThat(clients.misses()).isEqualTo(one(Miss.FIRST_SEEN));
  }

  @Test
  void whatIsNotFreshAnyMoreHasExpired() {
    origin.answer =
        request -> {
          request.response().putHeader("age", "55");
          origin.respond(request, "max-age=56");
        };
    long asked = 0;
    while (clients().missed(Miss.EXPIRED) == 0) {
      assertThat(clients().missed()).isLessThanOrEqualTo(1);
      pod.get("/a");
      after(++asked);
    }
    ClientTraffic clients = clients();
    assertThat(clients.misses()).isEqualTo(Map.of(Miss.FIRST_SEEN, 1L, Miss.EXPIRED, 1L));
    assertThat(clients.expired().lifetimeMillis()).isEqualTo(56_000);
    assertThat(clients.expired().ageMillis()).isBetween(56_000L, 120_000L);
  }

  @Test
  void whatIsValidatedHasExpired() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"1\"");
          if (request.getHeader("if-none-match") != null) {
            request.response().setStatusCode(304).end();
          } else {
            origin.respond(request, "max-age=0");
          }
        };
    pod.get("/a");
    pod.get("/a");
    assertThat(after(2).misses()).isEqualTo(Map.of(Miss.FIRST_SEEN, 1L, Miss.EXPIRED, 1L));
    assertThat(release("g1").orElseThrow().origin().exchanges()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "no-store, '', no-store",
    "private, '', private",
    "max-age=60, a=1, set-cookie",
    "'', '', expired"
  })
  void anAnswerThatIsNoneToBeKept(String cacheControl, String cookie, String token) {
    origin.answer =
        request -> {
          if (!cookie.isEmpty()) {
            request.response().putHeader("set-cookie", cookie);
          }
          origin.respond(request, cacheControl);
        };
    pod.get("/a");
    ClientTraffic clients = after(1);
    assertThat(clients.misses()).isEqualTo(one(Miss.UNCACHEABLE));
    assertThat(clients.notStored()).isEqualTo(Map.of(token, 1L));
  }

  @Test
  void theSameAnswerUnderAnotherKey() {
    origin.answer = request -> request.response().putHeader("cache-control", "max-age=9").end(LONG);
    pod.get("/a?campaign=1");
    pod.get("/a?campaign=2");
    pod.get("/b?campaign=2");
    assertThat(after(3).misses()).isEqualTo(Map.of(Miss.FIRST_SEEN, 2L, Miss.SAME_ANSWER, 1L));
  }

  @Test
  void anotherAnswerUnderAnotherKeyIsNew() {
    origin.answer =
        request ->
            request
                .response()
                .putHeader("cache-control", "max-age=9")
                .end(LONG + request.getParam("id"));
    pod.get("/a?id=1");
    pod.get("/a?id=2");
    assertThat(after(2).misses()).isEqualTo(Map.of(Miss.FIRST_SEEN, 2L));
  }

  @ParameterizedTest
  @CsvSource({"HARD", "SOFT"})
  void whatWasPurged(PurgeRequest.Mode mode) {
    pod.get("/a");
    PurgeRequest all =
        new PurgeRequest(List.of(), List.of(), null, List.of(), true, mode, List.of());
    pod.log.apply(new PurgeOrder("p1", all, null));
    pod.get("/a");
    assertThat(after(2).misses()).isEqualTo(Map.of(Miss.FIRST_SEEN, 1L, Miss.PURGED, 1L));
  }

  @Test
  void whatIsNoneForTheCache() {
    pod.get("/a", "cache-control", "no-store");
    pod.send("POST", "/a");
    ClientTraffic clients = after(2);
    assertThat(clients.misses()).isEqualTo(one(Miss.BYPASSED));
    assertThat(clients.passed()).isEqualTo(1);
    assertThat(release("g1").orElseThrow().origin().exchanges()).isEqualTo(2);
  }

  @Test
  void withoutAPolicyNothingIsCacheable() {
    serve(null, "g1");
    pod.get("/a");
    ClientTraffic clients = after(1);
    assertThat(clients.cacheable()).isZero();
    assertThat(clients.passed()).isEqualTo(1);
  }

  @Test
  void errorsOfTheOriginAreSeenThoughStaleHidesThem() {
    origin.answer = request -> origin.respond(request, "max-age=0, stale-if-error=600");
    pod.get("/a");
    origin.answer = request -> request.response().setStatusCode(503).end();
    pod.get("/a");
    ClientTraffic clients = after(2);
    assertThat(clients.stale()).isEqualTo(1);
    assertThat(clients.misses()).isEqualTo(one(Miss.FIRST_SEEN));
    assertThat(release("g1").orElseThrow().origin().errors()).isEqualTo(1);
    pod.get("/b");
    assertThat(after(3).missed(Miss.FAILED)).isEqualTo(1);
    assertThat(release("g1").orElseThrow().origin().errors()).isEqualTo(2);
  }

  @Test
  void noAnswerIsAnErrorWithoutALatency() {
    origin.answer = request -> request.connection().close();
    pod.get("/a");
    assertThat(after(1).misses()).isEqualTo(one(Miss.FAILED));
    assertThat(release("g1").orElseThrow().origin().exchanges()).isEqualTo(1);
    assertThat(release("g1").orElseThrow().origin().errors()).isEqualTo(1);
    assertThat(release("g1").orElseThrow().origin().latency().count()).isZero();
  }

  @Test
  void whatHadNoRoomWasEvicted() {
    GatewayConfig config = pod.config(origin.port(), HONOR, "g1", null);
    pod.take(
        new GatewayConfig(
            config.gateway(),
            config.listeners(),
            config.routes(),
            config.backends(),
            new CacheLayers(64 << 10, null),
            config.limits(),
            config.telemetry()));
    origin.answer =
        request ->
            request.response().putHeader("cache-control", "max-age=60").end("x".repeat(7_000));
    long asked = 0;
    while (clients().missed(Miss.EVICTED) == 0) {
      assertThat(asked).as("requests for 40 entries where 9 have room").isLessThan(200);
      pod.get("/" + asked % 40);
      after(++asked);
    }
    assertThat(clients().missed(Miss.EXPIRED)).isZero();
  }

  @Test
  void countsGoOnOverAReloadAndEndWithTheirGeneration() {
    pod.get("/a");
    after(1);
    long since = release("g1").orElseThrow().since();
    serve(Pod.stale(60_000), "g1");
    pod.get("/b");
    after(2);
    assertThat(release("g1").orElseThrow().since()).isEqualTo(since);
    serve(HONOR, "g2");
    pod.get("/a");
    await().until(() -> release("g2").isPresent());
    assertThat(release("g1")).isEmpty();
    assertThat(release("g2").orElseThrow().clients().misses()).isEqualTo(one(Miss.FIRST_SEEN));
  }
}
