package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.rule.HttpDate;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules of RFC 9110 and 9111 that only whole messages show: one pod with L1 alone. */
class AnswerRulesTest {
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

  private static String field(HttpResponse<?> response, String name) {
    return String.join(", ", response.headers().allValues(name));
  }

  @Test
  void everyAnswerHasADate() {
    HttpResponse<String> miss = pod.get("/x");
    HttpResponse<String> hit = pod.get("/x");
    origin.answer = request -> origin.respond(request, "no-store");
    List<HttpResponse<String>> all =
        List.of(
            miss,
            hit,
            pod.get("/x", "range", "bytes=99-"),
            pod.get("/y"),
            pod.send("POST", "/y"),
            pod.get("/z", "cache-control", "only-if-cached"));
    assertThat(all)
        .allSatisfy(
            one ->
                assertThat(HttpDate.parse(field(one, "date"), System.currentTimeMillis()))
                    .as(one.toString())
                    .isPresent());
  }

  @Test
  void theOriginsDateStays() {
    String date = "Sun, 22 Nov 2026 12:00:00 GMT";
    origin.answer =
        request -> {
          request.response().putHeader("date", date);
          origin.respond(request, "max-age=999999999");
        };
    assertThat(field(pod.get("/x"), "date")).isEqualTo(date);
    assertThat(field(pod.get("/x"), "date")).isEqualTo(date);
    assertThat(field(pod.send("POST", "/x"), "date")).isEqualTo(date);
  }

  @Test
  void a204HasNoLength() {
    origin.answer =
        request ->
            request.response().putHeader("cache-control", "max-age=60").setStatusCode(204).end();
    for (String method : List.of("GET", "GET", "GET", "HEAD")) {
      HttpResponse<String> answer = pod.send(method, "/x");
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.headers().firstValue("content-length")).isEmpty();
    }
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void aHeadHasTheLengthOfTheWhole() {
    HttpResponse<String> whole = pod.get("/x");
    HttpResponse<String> head = pod.send("HEAD", "/x");
    assertThat(status(head)).contains("hit");
    assertThat(field(head, "content-length"))
        .isEqualTo(Integer.toString(whole.body().length()))
        .isEqualTo(field(whole, "content-length"));
  }

  @Test
  void anEntryIsNotFreshenedByA304ThatVariesByMore() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"");
          if ("\"v1\"".equals(request.getHeader("if-none-match"))) {
            request
                .response()
                .setStatusCode(304)
                .putHeader("cache-control", "max-age=60")
                .putHeader("vary", "accept-language")
                .end();
          } else {
            origin.respond(request, "no-cache");
          }
        };
    String german = pod.get("/x", "accept-language", "de").body();
    HttpResponse<String> validated = pod.get("/x", "accept-language", "de");
    assertThat(validated.body()).isEqualTo(german);
    assertThat(status(validated)).endsWith("; detail=vary-widened");
    assertThat(pod.get("/x", "accept-language", "fr").body()).isNotEqualTo(german);
  }

  @Test
  void aClientWithAnotherTagThanTheOneValidatedGetsTheWhole() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"");
          if ("\"v1\"".equals(request.getHeader("if-none-match"))) {
            request.response().setStatusCode(304).end();
          } else {
            origin.respond(request, "no-cache");
          }
        };
    String whole = pod.get("/x").body();
    HttpResponse<String> other = pod.get("/x", "if-none-match", "\"v0\"");
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(whole);
    assertThat(status(other)).contains("fwd-status=304");
    assertThat(pod.get("/x", "if-none-match", "\"v1\"").statusCode()).isEqualTo(304);
  }

  @Test
  void conditionsOnWhatIsNotStoredAreTheOrigins() {
    origin.answer =
        request ->
            request
                .response()
                .setStatusCode("\"v1\"".equals(request.getHeader("if-match")) ? 200 : 412)
                .end();
    assertThat(pod.get("/x", "if-match", "\"v1\"").statusCode()).isEqualTo(200);
    assertThat(pod.get("/x", "if-match", "\"v2\"").statusCode()).isEqualTo(412);
    assertThat(pod.send("POST", "/x", "if-match", "\"v2\"").statusCode()).isEqualTo(412);
  }

  @Test
  void unsafeMethodsAreWrittenThrough() {
    pod.get("/x");
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "UNKNOWN")) {
      int before = origin.requests.get();
      assertThat(status(pod.send(method, "/x"))).contains("fwd=method");
      assertThat(origin.requests).hasValue(before + 1);
      assertThat(origin.asked.getLast()).isEqualTo(method + " /x");
    }
  }

  @Test
  void trailersAreNoFieldsOfWhatIsKept() {
    origin.answer =
        request -> {
          request.response().putHeader("cache-control", "max-age=60").setChunked(true);
          request.response().putHeader("trailer", "x-sum").putTrailer("x-sum", "7").end("hello");
        };
    pod.get("/x");
    HttpResponse<String> hit = pod.get("/x");
    assertThat(status(hit)).contains("hit");
    assertThat(hit.headers().map()).doesNotContainKeys("x-sum", "trailer");
  }

  @Test
  void theStatusOfCachesNearerToTheOriginStays() {
    origin.answer =
        request -> {
          request.response().putHeader("cache-status", "inner; hit");
          origin.respond(request, "max-age=60");
        };
    assertThat(field(pod.get("/x"), "cache-status")).startsWith("inner; hit, warmgate; fwd=");
    assertThat(field(pod.get("/x"), "cache-status")).startsWith("inner; hit, warmgate; hit");
    assertThat(field(pod.get("/y", "cache-control", "only-if-cached"), "cache-status")).isEmpty();
  }

  @Test
  void directivesAndUnknownFieldsGoThrough() {
    origin.answer =
        request -> {
          String asked = request.getHeader("cache-control");
          request.response().putHeader("x-asked", asked == null ? "" : asked);
          request.response().putHeader("x-unknown", "1");
          request.response().putHeader("other-cache-control", "no-store");
          origin.respond(request, "max-age=60, x-extension=\"5\"");
        };
    HttpResponse<String> miss = pod.get("/x", "cache-control", "no-transform, x-mine");
    assertThat(field(miss, "x-asked")).isEqualTo("no-transform, x-mine");
    for (HttpResponse<String> answer : List.of(miss, pod.get("/x"))) {
      assertThat(field(answer, "cache-control")).isEqualTo("max-age=60, x-extension=\"5\"");
      assertThat(field(answer, "x-unknown")).isEqualTo("1");
      assertThat(field(answer, "other-cache-control")).isEqualTo("no-store");
    }
  }

  @Test
  void theBytesAreTheOriginsWhateverTheClientAccepts() {
    origin.answer =
        request -> {
          request.response().putHeader("content-encoding", "x-none");
          origin.respond(request, "max-age=60, no-transform");
        };
    HttpResponse<String> miss = pod.get("/x", "accept-encoding", "x-none");
    HttpResponse<String> hit = pod.get("/x", "accept-encoding", "x-none");
    assertThat(status(hit)).contains("hit");
    assertThat(hit.body()).isEqualTo(miss.body()).isEqualTo("answer 1");
    assertThat(field(hit, "content-encoding")).isEqualTo("x-none");
    assertThat(pod.get("/x", "accept-encoding", "gzip").body()).isEqualTo("answer 2");
  }

  @Test
  void whatMustBeRevalidatedIsAnErrorWhereTheOriginIsAway() {
    pod.serve(origin.port(), Pod.stale(600_000), "g1", null);
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"");
          origin.respond(request, "max-age=0, must-revalidate");
        };
    pod.get("/x");
    origin.answer = request -> request.connection().close();
    assertThat(pod.get("/x").statusCode()).isBetween(502, 504);
  }

  @Test
  void aHeadWhoseAnswerDiffersMakesTheEntryGo() {
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v1\"");
          origin.respond(request, "no-cache");
        };
    pod.get("/x");
    origin.answer =
        request -> {
          request.response().putHeader("etag", "\"v2\"");
          origin.respond(request, "max-age=60");
        };
    assertThat(field(pod.send("HEAD", "/x"), "etag")).isEqualTo("\"v2\"");
    assertThat(status(pod.get("/x"))).contains("fwd=uri-miss").contains("stored");
  }
}
