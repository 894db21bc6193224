package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.IdempotencyRule;
import io.warmgate.config.IdempotencyRule.Method;
import io.warmgate.config.IdempotencyRule.Mode;
import io.warmgate.config.IdempotencyRule.OnUnavailable;
import io.warmgate.config.Limit;
import io.warmgate.config.Retry;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.server.FreePort;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.idempotency.IdempotencyCounts.Outcome;
import io.warmgate.server.limit.LimitCounts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two pods that look idempotency keys up in one Redis. */
class IdempotencyIT {
  private static final String FIELD = "Idempotency-Key";
  private static final int MAX = 1_000;

  private final RealRedis redis = RealRedis.asUser("uid-1");
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod a = new Pod();
  private final Pod b = new Pod();

  @BeforeEach
  void begin() {
    redis.start();
    origin.answer =
        request -> {
          request.response().headers().add("set-cookie", "a=1").add("set-cookie", "b=2");
          request
              .response()
              .setStatusCode(201)
              .putHeader("location", "/orders/7")
              .end("order " + request.response().headers().get("x-number"));
        };
    serve();
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
    origin.close();
    redis.close();
  }

  private void serve(Limit... limits) {
    serve(OnUnavailable.DENY, limits);
  }

  private void serve(OnUnavailable onUnavailable, Limit... limits) {
    for (Pod pod : List.of(a, b)) {
      pod.serveKeyed(origin.port(), HONOR, redis.address(), keys(onUnavailable), limits)
          .awaitRedis()
          .awaitKeys();
    }
  }

  private static IdempotencyRule keys(OnUnavailable onUnavailable) {
    return new IdempotencyRule(
        "idempotency-key",
        Mode.OPTIONAL,
        60_000,
        List.of(Method.POST, Method.PUT),
        MAX,
        onUnavailable);
  }

  private static HttpResponse<String> post(Pod pod, String path, String body, String... headers) {
    return Pod.get(pod.post(path, body, headers));
  }

  private static String field(HttpResponse<?> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String problem) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"urn:warmgate:problem:" + problem + "\"");
    assertThat(field(answer, "content-type")).isEqualTo("application/problem+json");
    assertThat(field(answer, "idempotency-replayed")).isEmpty();
  }

  private void awaitAsked(int requests) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == requests);
  }

  @Test
  void whoAsksAgainGetsTheFirstAnswerOfAnyPod() {
    HttpResponse<String> first = post(a, "/orders", "{}", FIELD, "\"k-1\"");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(field(first, "idempotency-replayed")).isEmpty();
    for (Pod pod : List.of(a, b)) {
      HttpResponse<String> again = post(pod, "/orders", "{}", FIELD, "k-1");
      assertThat(again.statusCode()).isEqualTo(201);
      assertThat(again.body()).isEqualTo("order 1");
      assertThat(field(again, "location")).isEqualTo("/orders/7");
      assertThat(field(again, "set-cookie")).isEqualTo("a=1, b=2");
      assertThat(field(again, "x-number")).isEqualTo("1");
      assertThat(field(again, "content-length")).isEqualTo("7");
      assertThat(field(again, "date")).isEqualTo(field(first, "date"));
      assertThat(field(again, "idempotency-replayed")).isEqualTo("true");
    }
    assertThat(origin.requests).hasValue(1);
    assertThat(post(b, "/orders", "{}", FIELD, "k-2").body()).isEqualTo("order 2");
    assertThat(a.idempotency.counts().of(Outcome.FIRST)).isEqualTo(1);
    assertThat(b.idempotency.counts().of(Outcome.REPLAYED)).isEqualTo(1);
  }

  /** Draft httpapi-idempotency-key-header-07 §2.7: 409 while the first is being answered. */
  @Test
  void whileTheFirstIsBeingAnsweredNobodyElseIs() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> first = a.post("/orders", "{}", FIELD, "k");
    awaitAsked(1);
    for (Pod pod : List.of(a, b)) {
      HttpResponse<String> refused = post(pod, "/orders", "{}", FIELD, "k");
      assertProblem(refused, 409, "idempotency-key-in-use");
      assertThat(field(refused, "retry-after")).isEqualTo("1");
      assertProblem(post(pod, "/orders", "[]", FIELD, "k"), 422, "idempotency-key-reused");
    }
    origin.release();
    assertThat(Pod.get(first).statusCode()).isEqualTo(201);
    assertThat(post(b, "/orders", "{}", FIELD, "k").body()).isEqualTo("order 1");
    assertThat(origin.requests).hasValue(1);
  }

  /** Draft §2.7: 422 where the key comes with another request. */
  @Test
  void theSameKeyWithAnotherRequestIsRefused() {
    post(a, "/orders", "{}", FIELD, "k", "content-type", "application/json");
    assertProblem(
        post(b, "/orders", "[]", FIELD, "k", "content-type", "application/json"),
        422,
        "idempotency-key-reused");
    assertProblem(
        post(b, "/orders", "{}", FIELD, "k", "content-type", "text/plain"),
        422,
        "idempotency-key-reused");
    assertProblem(
        post(b, "/orders?x=1", "{}", FIELD, "k", "content-type", "application/json"),
        422,
        "idempotency-key-reused");
    assertThat(post(b, "/payments", "[]", FIELD, "k").body()).as("elsewhere").isEqualTo("order 2");
    assertThat(origin.requests).hasValue(2);
  }

  /** One caller's key never finds another's answer. */
  @Test
  void callersHaveKeysOfTheirOwn() {
    for (String credential : List.of("authorization", "cookie", "x-api-key")) {
      String alices = post(a, "/orders", "{}", FIELD, "k", credential, "alice").body();
      String bobs = post(b, "/orders", "{}", FIELD, "k", credential, "bob").body();
      assertThat(bobs).isNotEqualTo(alices);
      assertThat(post(b, "/orders", "{}", FIELD, "k", credential, "alice").body())
          .isEqualTo(alices);
    }
    assertThat(origin.requests).hasValue(6);
    post(a, "/orders", "{}", FIELD, "k");
    assertThat(origin.requests).as("and nobody has theirs").hasValue(7);
  }

  /** A backend's error is an answer: it may have acted before. */
  @Test
  void aBackendsErrorIsTheFirstAnswer() {
    origin.answer = request -> request.response().setStatusCode(500).end("half done");
    assertThat(post(a, "/orders", "{}", FIELD, "k").statusCode()).isEqualTo(500);
    HttpResponse<String> again = post(b, "/orders", "{}", FIELD, "k");
    assertThat(again.statusCode()).isEqualTo(500);
    assertThat(again.body()).isEqualTo("half done");
    assertThat(field(again, "idempotency-replayed")).isEqualTo("true");
    assertThat(origin.requests).hasValue(1);
  }

  /** The backend may have acted: it is not asked again by this key. */
  @Test
  void anAnswerThatNeverCameIsTheFirstAnswerToo() {
    origin.answer = request -> request.connection().close();
    assertProblem(post(a, "/orders", "{}", FIELD, "k"), 502, "backend-failed");
    HttpResponse<String> again = post(b, "/orders", "{}", FIELD, "k");
    assertThat(again.statusCode()).isEqualTo(502);
    assertThat(again.body()).contains("urn:warmgate:problem:backend-failed");
    assertThat(field(again, "idempotency-replayed")).isEqualTo("true");
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void soIsOneThatBrokeOff() {
    origin.answer =
        request -> {
          request.response().putHeader("content-length", "100").write("half");
          request.response().write(" of it").onComplete(_ -> request.connection().close());
        };
    assertProblem(post(a, "/orders", "{}", FIELD, "k"), 502, "backend-failed");
    assertThat(field(post(b, "/orders", "{}", FIELD, "k"), "idempotency-replayed"))
        .isEqualTo("true");
    assertThat(origin.requests).hasValue(1);
  }

  /** Nobody was asked, so nothing was done: the key is as it was. */
  @Test
  void aBackendThatWasNotReachedLeavesTheKeyFree() throws IOException {
    int closed = FreePort.onLoopback();
    a.serveKeyed(closed, HONOR, redis.address(), keys(OnUnavailable.DENY));
    assertProblem(post(a, "/orders", "{}", FIELD, "k"), 502, "backend-failed");
    assertProblem(post(a, "/orders", "{}", FIELD, "k"), 502, "backend-failed");
    HttpResponse<String> first = post(b, "/orders", "{}", FIELD, "k");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(field(first, "idempotency-replayed")).isEmpty();
    assertThat(origin.requests).hasValue(1);
  }

  /** A limit refuses before the backend is asked; a replay asks it nothing, so it is free. */
  @Test
  void whatALimitRefusedLeavesTheKeyFreeAndAReplayIsFree() {
    Limit one =
        new Limit(
            "hourly",
            Limit.By.ROUTE,
            Limit.Unit.REQUESTS,
            1,
            3_600_000,
            Limit.Hits.FREE,
            Limit.Mode.ENFORCE);
    serve(one);
    a.awaitLimits();
    assertThat(post(a, "/orders", "{}", FIELD, "k-1").statusCode()).isEqualTo(201);
    assertProblem(post(a, "/orders", "{}", FIELD, "k-2"), 429, "limited");
    assertThat(post(a, "/orders", "{}", FIELD, "k-1").statusCode()).isEqualTo(201);
    assertThat(a.limits.counts().of("hourly", LimitCounts.Outcome.ADMITTED)).isEqualTo(1);
    serve();
    assertThat(post(a, "/orders", "{}", FIELD, "k-2").body()).isEqualTo("order 2");
  }

  /** It was done; that it cannot be shown is no reason to do it twice. */
  @ParameterizedTest
  @CsvSource({
    "content-length, 1001, 1001",
    "x-chunked, yes, 1001",
    "content-type, text/event-stream, 10"
  })
  void anAnswerThatIsTooLargeIsPassedOnAndNotGivenAgain(String name, String value, int size) {
    origin.answer =
        request -> {
          if (name.equals("x-chunked")) {
            request.response().setChunked(true);
          }
          request.response().putHeader(name, value).end("x".repeat(size));
        };
    HttpResponse<String> first = post(a, "/orders", "{}", FIELD, "k");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).hasSize(size);
    assertProblem(post(b, "/orders", "{}", FIELD, "k"), 422, "idempotency-not-replayable");
    assertThat(origin.requests).hasValue(1);
  }

  /** The case that keys are for: the connection is lost, the client asks again. */
  @Test
  void whoseConnectionWasLostFindsItsAnswer() {
    origin.hold();
    CompletableFuture<HttpResponse<String>> lost = a.post("/orders", "{}", FIELD, "k");
    awaitAsked(1);
    lost.cancel(true);
    origin.release();
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> post(b, "/orders", "{}", FIELD, "k").statusCode() == 201);
    assertThat(post(b, "/orders", "{}", FIELD, "k").body()).isEqualTo("order 1");
    assertThat(origin.requests).hasValue(1);
  }

  /** RFC 9111 §4.4 is the first answer's to obey: a replay changed nothing. */
  @Test
  void aReplayPurgesNothing() {
    origin.answer = request -> origin.respond(request, "max-age=60");
    a.get("/orders");
    assertThat(status(a.get("/orders"))).contains("; hit");
    post(a, "/orders", "{}", FIELD, "k");
    assertThat(status(a.get("/orders"))).as("the first answer purged it").contains("fwd=");
    assertThat(status(a.get("/orders"))).contains("; hit");
    assertThat(field(post(a, "/orders", "{}", FIELD, "k"), "idempotency-replayed"))
        .isEqualTo("true");
    assertThat(status(a.get("/orders"))).contains("; hit");
  }

  /** Nothing is told of callers, keys or contents; each goes by itself. */
  @Test
  void whatLiesInRedisIsDigestsThatExpire() {
    post(a, "/orders", "{\"card\":4711}", FIELD, "secret-key", "cookie", "secret-cookie");
    String name = name();
    assertThat(name).matches("wg:\\{uid-1}:idempotency:[0-9a-f]{64}");
    assertThat(redis.ask("GET " + name)).contains("order 1").doesNotContain("secret", "4711");
    long life = Long.parseLong(redis.ask("PTTL " + name).substring(1).strip());
    assertThat(life).isBetween(50_000L, 60_000L);
  }

  private String name() {
    return redis
        .ask("KEYS wg:{uid-1}:idempotency:*")
        .lines()
        .filter(line -> line.startsWith("wg:"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void answersAreEncryptedWhereEntriesAre() {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) 7);
    String key = Base64.getEncoder().encodeToString(bytes);
    for (Pod pod : List.of(a, b)) {
      pod.values.encryptWith(List.of(key));
    }
    serve();
    post(a, "/orders", "{}", FIELD, "k");
    assertThat(redis.ask("GET " + name())).doesNotContain("order", "location");
    assertThat(post(b, "/orders", "{}", FIELD, "k").body()).isEqualTo("order 1");
    Arrays.fill(bytes, (byte) 8);
    b.values.encryptWith(List.of(Base64.getEncoder().encodeToString(bytes)));
    serve();
    assertProblem(post(b, "/orders", "{}", FIELD, "k"), 422, "idempotency-not-replayable");
    assertThat(origin.requests).as("it is not done again, though").hasValue(1);
  }

  @Test
  void aRequestWithoutContentHasAKeyToo() {
    assertThat(a.send("PUT", "/orders/7", FIELD, "k").body()).isEqualTo("order 1");
    assertThat(b.send("PUT", "/orders/7", FIELD, "k").body()).isEqualTo("order 1");
    assertThat(origin.requests).hasValue(1);
  }

  /** What the rule has tried again is one request of the client's: its last answer counts. */
  @Test
  void triesOfTheGatewaysOwnAreWithinTheFirst() {
    a.take(retrying(a.config(origin.port(), HONOR, "g1", redis.address()))).awaitKeys();
    Consumer<HttpServerRequest> answer = origin.answer;
    origin.answer =
        request -> {
          if (origin.requests.get() == 1) {
            request.connection().close();
          } else {
            answer.accept(request);
          }
        };
    assertThat(a.send("PUT", "/orders/7", FIELD, "k").body()).isEqualTo("order 2");
    assertThat(b.send("PUT", "/orders/7", FIELD, "k").body()).isEqualTo("order 2");
    assertThat(origin.requests).hasValue(2);
  }

  private static GatewayConfig retrying(GatewayConfig all) {
    Route route = all.routes().getFirst();
    Rule once = route.rules().getFirst();
    Rule twice =
        new Rule(
            once.id(),
            once.matches(),
            once.filters(),
            once.backends(),
            null,
            once.timeouts(),
            new Retry(2, 0),
            once.cache(),
            null,
            List.of(),
            keys(OnUnavailable.DENY),
            null);
    return new GatewayConfig(
        all.gateway(),
        all.listeners(),
        List.of(new Route(route.id(), route.listeners(), route.hostnames(), List.of(twice))),
        all.backends(),
        all.cache(),
        all.limits(),
        all.telemetry());
  }
}
