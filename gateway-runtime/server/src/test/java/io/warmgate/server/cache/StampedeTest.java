package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hundred clients on one key of one pod, before an origin that takes its time. */
class StampedeTest {
  static final long ORIGIN_MILLIS = 300;

  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod = new Pod();
  private final Vertx clock = Vertx.vertx();

  @BeforeEach
  void begin() {
    pod.serve(origin.port(), HONOR, "g1", null);
    Storm.over(List.of(pod), "/warm").answers();
    origin.requests.set(0);
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
    Pod.await(clock.close());
  }

  private Storm storm(String what, String path) {
    int before = origin.requests.get();
    Storm storm = Storm.over(List.of(pod), path);
    long p99 = storm.p99();
    int counted = origin.requests.get() - before;
    System.out.printf("%s: %d requests to the origin, p99 %d ms%n", what, counted, p99);
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
  void anAnswerThatIsNotSharedIsAwaitedOnceOnly() {
    origin.answer = slow("private");
    Storm first = storm("not shared", "/x");
    assertThat(origin.requests).hasValue(100);
    assertThat(first.answers()).allMatch(one -> one.status() == 200);
    assertThat(first.answers().stream().map(Storm.Got::answer).distinct()).hasSize(100);

    storm("not shared, again", "/x");
    assertThat(origin.requests).hasValue(200);
    origin.hold();
    Storm third = Storm.over(List.of(pod), "/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 300);
    origin.release();
    assertThat(third.with(200)).isEqualTo(100);
  }

  @Test
  void expiredAndServedStaleMeanwhile() {
    origin.answer = slow("max-age=0, stale-while-revalidate=600");
    pod.get("/x");
    origin.hold();
    Storm storm = storm("expired, stale while revalidating", "/x");
    assertThat(storm.answers()).allMatch(one -> one.answer().equals("answer 1"));
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 2);
    origin.release();
  }

  @Test
  void expired() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"1\"");
          origin.respond(request, "max-age=0, must-revalidate");
        };
    pod.get("/x");
    origin.answer = slow("max-age=60");
    Storm storm = storm("expired", "/x");
    assertThat(origin.requests).hasValue(2);
    assertThat(storm.answers()).allMatch(one -> one.answer().equals("answer 2"));
  }

  @Test
  void theFirstClientGoes() {
    origin.answer = slow("max-age=60");
    var first = pod.ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    first.cancel(true);
    Storm storm = storm("leader gone", "/x");
    assertThat(origin.requests).hasValue(1);
    assertThat(storm.answers()).allMatch(one -> one.answer().equals("answer 1"));
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
  void everyAnswerIsAnError() {
    origin.answer =
        slow(
            request -> {
              request.response().setStatusCode(503);
              origin.respond(request, "max-age=60");
            });
    Storm storm = storm("all get a 503", "/x");
    assertThat(storm.with(503)).isEqualTo(100);
    assertThat(storm.answers().stream().map(Storm.Got::answer).distinct()).hasSize(100);
  }

  @Test
  void aFetchThatStallsHoldsNobodyForLong() {
    origin.hold();
    Storm storm = Storm.over(List.of(pod), "/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    await().atMost(20, TimeUnit.SECONDS).until(() -> origin.requests.get() == 2);
    origin.release();
    assertThat(storm.with(200)).isEqualTo(100);
  }
}
