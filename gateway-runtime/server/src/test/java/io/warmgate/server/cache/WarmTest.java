package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pod that asks itself. */
class WarmTest {
  private final Queue<Exchange> clients = new ConcurrentLinkedQueue<>();
  private final CountingOrigin blue = new CountingOrigin();
  private final CountingOrigin green = new CountingOrigin();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Pod pod =
      new Pod(
          new Observer() {
            @Override
            public void ended(Exchange exchange) {
              clients.add(exchange);
            }

            @Override
            public Span span(Exchange exchange, Part part) {
              waiting.addAndGet(part == Part.WAIT ? 1 : 0);
              return Span.NONE;
            }
          });
  private final TwoSides sides = new TwoSides(blue.port(), green.port(), HONOR);

  @AfterEach
  void close() {
    pod.close();
    blue.close();
    green.close();
  }

  private static WarmOrder order(String release, Action action, String... targets) {
    List<WarmRequest> requests =
        Stream.of(targets)
            .map(target -> new WarmRequest("GET", "http", Pod.HOST, target, List.of()))
            .toList();
    return new WarmOrder(TwoSides.ROUTE, release, action, 4, 10_000, requests);
  }

  private List<Outcome> warm(String release, Action action, String... targets) {
    WarmReport report = Pod.await(pod.warm(order(release, action, targets)));
    assertThat(report.outcomes()).hasSize(targets.length);
    return report.outcomes();
  }

  private Outcome one(String release, Action action, String target) {
    return warm(release, action, target).getFirst();
  }

  private ReadReport read(String release, String target, int maxBytes) {
    WarmRequest request = new WarmRequest("GET", "http", Pod.HOST, target, List.of());
    return Pod.await(pod.read(new ReadOrder(TwoSides.ROUTE, release, request, maxBytes, 10_000)));
  }

  @Test
  void aDocumentIsReadOfTheReleasesOwnBackendAndNotKept() {
    green.answer =
        request ->
            request
                .response()
                .putHeader("cache-control", "max-age=60")
                .setStatusCode(request.path().equals("/gone") ? 404 : 200)
                .end("0123456789");
    pod.take(sides.config(pod, 0));
    ReadReport whole = read("r-green", "/sitemap.xml", 100);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(new String(whole.body(), StandardCharsets.UTF_8)).isEqualTo("0123456789");
    assertThat(whole.cut()).isFalse();
    assertThat(read("r-green", "/sitemap.xml", 4))
        .isEqualTo(ReadReport.of(200, "0123".getBytes(StandardCharsets.UTF_8), true));
    assertThat(read("r-green", "/gone", 100).status()).isEqualTo(404);
    assertThat(green.requests).as("each time").hasValue(3);
    assertThat(blue.requests).hasValue(0);
    assertThat(one("r-green", Action.CERTIFY, "/sitemap.xml").result()).isEqualTo(Result.MISSING);
    assertThatThrownBy(() -> read("r-other", "/sitemap.xml", 100))
        .hasMessageContaining("r-other is neither");
  }

  /** It might change something. */
  @Test
  void whatAsksNoModelIsNotPosted() {
    pod.take(sides.config(pod, 0));
    WarmRequest question =
        new WarmRequest(
            "POST",
            "http",
            null,
            Pod.HOST,
            "/orders",
            List.of(),
            new WarmRequest.Question("{}", null));
    WarmOrder order =
        new WarmOrder(TwoSides.ROUTE, "r-green", Action.FILL, 1, 10_000, List.of(question));
    Outcome outcome = Pod.await(pod.warm(order)).outcomes().getFirst();
    assertThat(outcome.result()).isEqualTo(Result.NOT_ROUTED);
    assertThat(outcome.detail()).contains("asks no model");
    assertThat(green.requests).hasValue(0);
  }

  @Test
  void greenIsWarmBeforeAClientComes() {
    pod.take(sides.config(pod, 0));
    pod.get("/a");
    assertThat(one("r-green", Action.CERTIFY, "/a").result()).isEqualTo(Result.MISSING);
    assertThat(green.requests).hasValue(0);

    assertThat(warm("r-green", Action.FILL, "/a", "/b?x=1&utm_source=z"))
        .allSatisfy(
            outcome -> {
              assertThat(outcome.result()).isEqualTo(Result.FILLED);
              assertThat(outcome.status()).isEqualTo(200);
              assertThat(outcome.asked()).isTrue();
              assertThat(outcome.freshMillis()).isBetween(50_000L, 60_000L);
            });
    assertThat(green.asked).containsExactlyInAnyOrder("GET /a", "GET /b?x=1");
    assertThat(warm("r-green", Action.CERTIFY, "/a", "/b?x=1"))
        .extracting(Outcome::result, Outcome::asked)
        .containsOnly(org.assertj.core.groups.Tuple.tuple(Result.HIT, false));
    assertThat(one("r-blue", Action.FILL, "/a").result()).isEqualTo(Result.HIT);

    pod.take(sides.config(pod, 100));
    assertThat(status(pod.get("/a"))).contains("hit");
    assertThat(green.requests).hasValue(2);
    assertThat(blue.requests).hasValue(1);
    await().until(() -> clients.size() == 2);
    assertThat(pod.warmed.of(Action.FILL, Result.FILLED)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "cache-control, private, 200, CHANGED, for one user",
    "cache-control, no-store, 200, CHANGED, no-store",
    "set-cookie, a=b, 200, CHANGED, cookie",
    "cache-control, max-age=60, 404, CHANGED, gone",
    "cache-control, max-age=60, 410, CHANGED, gone",
    "cache-control, max-age=60, 503, FAILED, status 503",
  })
  void whatGreenDoesNotLetBeKept(
      String field, String value, int status, Result result, String detail) {
    green.answer =
        request -> {
          if (!field.equals("cache-control")) {
            request.response().putHeader("cache-control", "max-age=60");
          }
          request.response().setStatusCode(status).putHeader(field, value).end("x");
        };
    pod.take(sides.config(pod, 0));
    Outcome outcome = one("r-green", Action.FILL, "/a");
    assertThat(outcome.result()).isEqualTo(result);
    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.asked()).isTrue();
    assertThat(outcome.detail()).containsIgnoringCase(detail);
  }

  /** What is not kept is not read to its end either. */
  @Test
  void anAnswerWithoutEndIsLeft() {
    Buffer chunk = Buffer.buffer(new byte[1 << 20]);
    AtomicInteger sent = new AtomicInteger();
    AtomicBoolean left = new AtomicBoolean();
    green.answer =
        request -> {
          HttpServerResponse response = request.response().setChunked(true);
          response.putHeader("cache-control", "private");
          response.closeHandler(_ -> left.set(true));
          response.exceptionHandler(_ -> left.set(true));
          pump(response, chunk, sent, left);
        };
    pod.take(sides.config(pod, 0));
    Outcome outcome = one("r-green", Action.FILL, "/a");
    assertThat(outcome.result()).isEqualTo(Result.CHANGED);
    await().untilTrue(left);
    assertThat(sent.get()).isLessThan(200);
  }

  private static void pump(
      HttpServerResponse response, Buffer chunk, AtomicInteger sent, AtomicBoolean left) {
    if (!left.get()) {
      sent.incrementAndGet();
      response.write(chunk).onSuccess(_ -> pump(response, chunk, sent, left));
    }
  }

  @Test
  void aBackendThatBreaksOffFails() {
    green.answer = request -> request.connection().close();
    pod.take(sides.config(pod, 0));
    Outcome outcome = one("r-green", Action.FILL, "/a");
    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.status()).isZero();
    assertThat(outcome.detail()).isEqualTo("backend-failed");
  }

  @Test
  void whatTakesTooLongFailsAndHoldsNoClientUp() {
    green.hold();
    pod.take(sides.config(pod, 0));
    WarmOrder order =
        new WarmOrder(
            TwoSides.ROUTE,
            "r-green",
            Action.FILL,
            2,
            300,
            order("r-green", Action.FILL, "/a", "/b", "/c").requests());
    List<Outcome> outcomes = Pod.await(pod.warm(order)).outcomes();
    assertThat(outcomes).extracting(Outcome::result).containsOnly(Result.FAILED);
    assertThat(outcomes).extracting(Outcome::asked).containsExactly(true, true, false);
    assertThat(pod.get("/a").statusCode()).isEqualTo(200);
    green.release();
  }

  @Test
  void noMoreAreAtABackendThanTheOrderSays() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    green.answer =
        request -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          request.response().endHandler(_ -> now.decrementAndGet());
          io.vertx.core.Vertx.currentContext()
              .owner()
              .setTimer(5, _ -> green.respond(request, "max-age=60"));
        };
    pod.take(sides.config(pod, 0));
    String[] targets = IntStream.range(0, 40).mapToObj(i -> "/" + i).toArray(String[]::new);
    assertThat(warm("r-green", Action.FILL, targets))
        .extracting(Outcome::result)
        .containsOnly(Result.FILLED);
    assertThat(most.get()).isBetween(2, 4);
  }

  @Test
  void clientsJoinWhatIsBeingWarmed() {
    green.hold();
    pod.take(sides.config(pod, 100));
    var report = pod.warm(order("r-green", Action.FILL, "/a"));
    await().until(() -> green.requests.get() == 1);
    CompletableFuture<HttpResponse<String>> client = pod.ask("/a");
    await().until(() -> waiting.get() == 1);
    green.release();
    assertThat(Pod.get(client).statusCode()).isEqualTo(200);
    assertThat(Pod.await(report).outcomes().getFirst().result()).isEqualTo(Result.FILLED);
    assertThat(green.requests).hasValue(1);
  }

  @Test
  void whatGoesStaleBeforeTheOrderEndsIsAskedForAnew() {
    green.answer = request -> green.respond(request, "max-age=5");
    pod.take(sides.config(pod, 0));
    assertThat(one("r-green", Action.FILL, "/a").result()).isEqualTo(Result.FILLED);
    assertThat(one("r-green", Action.FILL, "/a").result()).isEqualTo(Result.HIT);
    assertThat(one("r-green", Action.REFRESH, "/a").result()).isEqualTo(Result.FILLED);
    assertThat(green.requests).hasValue(2);
    green.answer = request -> request.response().setStatusCode(500).end();
    assertThat(one("r-green", Action.REFRESH, "/a").result()).isEqualTo(Result.FAILED);
    assertThat(one("r-green", Action.CERTIFY, "/a").result()).isEqualTo(Result.HIT);
    green.answer = request -> green.respond(request, "max-age=600");
    assertThat(one("r-green", Action.REFRESH, "/a").result()).isEqualTo(Result.FILLED);
    assertThat(one("r-green", Action.REFRESH, "/a").result()).isEqualTo(Result.HIT);
  }

  @Test
  void linksOfAnAnswerAreToldWhereTheyAreAskedFor() {
    green.answer =
        request -> {
          request.response().putHeader("link", "</a?page=2>; rel=next, </style.css>; rel=preload");
          green.respond(request, "max-age=60");
        };
    pod.take(sides.config(pod, 0));
    List<WarmRequest> requests = order("r-green", Action.FILL, "/a").requests();
    WarmOrder next =
        new WarmOrder(TwoSides.ROUTE, "r-green", Action.FILL, 1, 10_000, requests, List.of("next"));
    for (Result result : List.of(Result.FILLED, Result.HIT)) {
      Outcome outcome = Pod.await(pod.warm(next)).outcomes().getFirst();
      assertThat(outcome.result()).isEqualTo(result);
      assertThat(outcome.links()).containsExactly("/a?page=2");
    }
    assertThat(one("r-green", Action.FILL, "/a").links()).isEmpty();
    assertThat(one("r-green", Action.FILL, "/b").links()).isEmpty();
  }

  @Test
  void whatIsNotOfTheReleaseSaysSo() {
    TwoSides uncached = new TwoSides(blue.port(), green.port(), null);
    pod.take(
        sides.config(
            pod,
            null,
            List.of(sides.rule("0", "/a", "blue"), uncached.rule("1", "/b", "blue")),
            TwoSides.shift(0, null, List.of(), List.of(sides.rule("0", "/c", "green")))));
    assertThat(one("r-blue", Action.FILL, "/c").result()).isEqualTo(Result.NOT_ROUTED);
    assertThat(one("r-green", Action.FILL, "/a").result()).isEqualTo(Result.NOT_ROUTED);
    assertThat(one("r-blue", Action.FILL, "/b").detail()).contains("CachePolicy");
    assertThat(blue.requests).hasValue(0);
    assertThatThrownBy(() -> warm("r-red", Action.FILL, "/a"))
        .hasMessageContaining("r-red is neither r-blue nor r-green");
    pod.take(sides.alone(pod, null));
    assertThatThrownBy(() -> warm("r-blue", Action.FILL, "/a"))
        .hasMessageContaining("has one release");
    assertThat(one("", Action.FILL, "/a").result()).isEqualTo(Result.FILLED);
  }
}
