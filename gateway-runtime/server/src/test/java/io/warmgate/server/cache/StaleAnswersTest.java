package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 5861: answers that are stale when they come, so that no test waits for a clock. */
class StaleAnswersTest {
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod = new Pod();

  @BeforeEach
  void begin() {
    pod.serve(origin.port(), HONOR, "g1", null);
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private Consumer<HttpServerRequest> answering(String cacheControl) {
    return request -> origin.respond(request, cacheControl);
  }

  private void awaitRequests(int number) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == number);
  }

  @Test
  void aStaleAnswerIsServedWhileOneFetchBringsItUpToDate() {
    origin.answer = answering("max-age=0, stale-while-revalidate=600");
    assertThat(pod.get("/x").body()).isEqualTo("answer 1");
    origin.hold();
    origin.answer = answering("max-age=60");

    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(pod.ask("/x"));
    }
    assertThat(all)
        .allSatisfy(
            one -> {
              assertThat(Pod.get(one).body()).isEqualTo("answer 1");
              assertThat(status(Pod.get(one)))
                  .startsWith("warmgate; hit; ttl=")
                  .endsWith("; detail=stale-while-revalidate");
            });
    awaitRequests(2);
    origin.release();
    await().atMost(10, TimeUnit.SECONDS).until(() -> pod.get("/x").body().equals("answer 2"));
    assertThat(status(pod.get("/x"))).endsWith("; detail=fresh");
    assertThat(origin.requests).hasValue(2);
  }

  @Test
  void aHeadBringsTheWholeUpToDate() {
    origin.answer = answering("max-age=0, stale-while-revalidate=600");
    pod.get("/x");
    origin.answer = answering("max-age=60");
    assertThat(status(pod.send("HEAD", "/x"))).endsWith("; detail=stale-while-revalidate");
    await().atMost(10, TimeUnit.SECONDS).until(() -> status(pod.get("/x")).contains("=fresh"));
    assertThat(origin.asked).containsExactly("GET /x", "GET /x");
  }

  @Test
  void whatIsNoLongerForKeepingIsNotServedAnyMore() {
    origin.answer = answering("max-age=0, stale-while-revalidate=600");
    pod.get("/x");
    origin.answer = answering("private");
    assertThat(pod.get("/x").body()).isEqualTo("answer 1");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> status(pod.get("/x")).endsWith("; detail=private"));
  }

  @Test
  void aFailedRevalidationLeavesWhatThereIs() {
    origin.answer = answering("max-age=0, stale-while-revalidate=600");
    pod.get("/x");
    origin.answer = request -> request.response().setStatusCode(503).end();
    assertThat(pod.get("/x").body()).isEqualTo("answer 1");
    awaitRequests(2);
    assertThat(pod.get("/x").body()).isEqualTo("answer 1");
  }

  @Test
  void aStaleAnswerStandsInForAnError() {
    origin.answer = answering("max-age=0, stale-if-error=600");
    pod.get("/x");
    origin.answer = request -> request.response().setStatusCode(503).end("down");
    HttpResponse<String> stale = pod.get("/x");
    assertThat(stale.body()).isEqualTo("answer 1");
    assertThat(status(stale)).startsWith("warmgate; fwd=stale; fwd-status=503; ttl=");
    assertThat(status(stale)).endsWith("; detail=stale-if-error");

    origin.answer = request -> request.connection().close();
    HttpResponse<String> lost = pod.get("/x");
    assertThat(lost.body()).isEqualTo("answer 1");
    assertThat(status(lost)).doesNotContain("fwd-status").endsWith("; detail=stale-if-error");
  }

  @Test
  void whoWaitedForAnErrorIsServedStaleToo() {
    origin.answer = answering("max-age=0, stale-if-error=600");
    pod.get("/x");
    origin.hold();
    origin.answer = request -> request.response().setStatusCode(503).end("down");
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(pod.ask("/x"));
    }
    awaitRequests(2);
    origin.release();
    assertThat(all).allSatisfy(one -> assertThat(Pod.get(one).body()).isEqualTo("answer 1"));
  }

  @Test
  void anErrorIsTheAnswerWhereStaleIsForbidden() {
    pod.serve(origin.port(), Pod.stale(600_000), "g1", null);
    for (String forbids :
        List.of("must-revalidate", "proxy-revalidate", "no-cache", "s-maxage=0")) {
      String path = "/" + forbids;
      origin.answer =
          request -> {
            request.response().putHeader("etag", "\"a\"");
            origin.respond(request, "max-age=0, " + forbids);
          };
      pod.get(path);
      origin.answer = request -> request.response().setStatusCode(503).end("down");
      assertThat(pod.get(path).statusCode()).as(forbids).isEqualTo(503);
    }
  }

  @Test
  void thePolicysWindowIsForAnswersThatSayNothing() {
    pod.serve(origin.port(), Pod.stale(600_000), "g1", null);
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"a\"");
          origin.respond(request, "max-age=0");
        };
    pod.get("/x");
    origin.answer = request -> request.response().setStatusCode(503).end("down");
    assertThat(pod.get("/x").body()).isEqualTo("answer 1");
  }
}
