package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.Admission;
import io.warmgate.config.CacheOptions;
import io.warmgate.config.ClientView;
import io.warmgate.config.Conditions;
import io.warmgate.config.Expiry;
import io.warmgate.config.KeyParts;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Lifetimes.Mode;
import io.warmgate.config.Lifetimes.OfStatus;
import io.warmgate.config.Methods;
import io.warmgate.config.Methods.Name;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** POSTs that a policy takes for questions. */
class PostTest {
  private static final int MAX = 1_000;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod = new Pod();

  @BeforeEach
  void begin() {
    serve(new Methods(List.of(Name.GET, Name.POST), MAX));
    origin.answer = request -> echo(request, "max-age=60");
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private void serve(Methods methods) {
    Lifetimes guessing = new Lifetimes(Mode.HONOR, List.of(new OfStatus(200, 600_000)), null);
    pod.serve(
        origin.port(),
        HONOR.with(
            new CacheOptions(
                guessing,
                KeyParts.NONE,
                Expiry.NONE,
                methods,
                Conditions.NONE,
                Admission.ALL,
                ClientView.ORIGINS)),
        "g1",
        null);
  }

  private static void echo(HttpServerRequest request, String cacheControl) {
    String number = request.response().headers().get("x-number");
    request
        .body()
        .onSuccess(
            body ->
                request
                    .response()
                    .putHeader("cache-control", cacheControl)
                    .end("answer " + number + " to " + request.method() + " " + body));
  }

  private CompletableFuture<HttpResponse<String>> ask(String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pod.port + "/graphql"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("host", Pod.HOST)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body, String... headers) {
    return Pod.get(ask(body, headers));
  }

  @Test
  void theSameQuestionHasTheSameAnswer() {
    HttpResponse<String> miss = post("{a}");
    assertThat(miss.body()).isEqualTo("answer 1 to POST {a}");
    assertThat(status(miss)).contains("fwd=uri-miss; stored");
    HttpResponse<String> hit = post("{a}");
    assertThat(hit.body()).isEqualTo(miss.body());
    assertThat(status(hit)).contains("; hit");
    assertThat(post("{b}").body()).isEqualTo("answer 2 to POST {b}");
    assertThat(post("{a}", "content-type", "application/json").body())
        .as("read another way")
        .isEqualTo("answer 3 to POST {a}");
    assertThat(post("").body()).isEqualTo("answer 4 to POST ");
    assertThat(pod.get("/graphql").body()).as("a GET").isEqualTo("answer 5 to GET ");
    assertThat(post("{a}").body()).isEqualTo(miss.body());
  }

  @Test
  void whatDoesNotSayForHowLongIsAChange() {
    post("{a}");
    origin.answer = request -> echo(request, "no-store");
    HttpResponse<String> change = post("mutation");
    assertThat(status(change)).endsWith("; detail=no-store");
    assertThat(change.body()).isEqualTo("answer 2 to POST mutation");
    assertThat(post("{a}").body()).as("purged").isEqualTo("answer 3 to POST {a}");
    origin.answer = request -> echo(request, "public");
    assertThat(status(post("{c}"))).endsWith("; detail=no-freshness");
  }

  @Test
  void whatIsKeptPurgesNothing() {
    String kept = pod.get("/graphql").body();
    post("{a}");
    post("{a}");
    assertThat(pod.get("/graphql").body()).isEqualTo(kept);
  }

  @Test
  void aLargerBodyIsPassedOnWhole() {
    for (int length : new int[] {MAX, MAX + 1, 50 * MAX}) {
      String body = "x".repeat(length);
      assertThat(post(body).body()).endsWith(" to POST " + body);
      HttpResponse<String> again = post(body);
      assertThat(again.body()).endsWith(" to POST " + body);
      assertThat(status(again))
          .as("%d bytes", length)
          .endsWith(length > MAX ? "fwd=bypass; detail=request-content" : "; detail=fresh");
    }
  }

  @Test
  void equalQuestionsAtOnceAreOneFetch() {
    // An origin that is held does not read.
    origin.answer = request -> origin.respond(request, "max-age=60");
    origin.hold();
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(ask("{a}"));
    }
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    origin.release();
    assertThat(all).allSatisfy(one -> assertThat(Pod.get(one).body()).isEqualTo("answer 1"));
    assertThat(origin.requests).hasValue(1);
  }

  @Test
  void aStaleAnswerIsAskedForAnewWithTheWholeBody() {
    origin.answer = request -> echo(request, "max-age=0, stale-while-revalidate=600");
    post("{a}");
    origin.answer = request -> echo(request, "max-age=60");
    assertThat(status(post("{a}"))).endsWith("; detail=stale-while-revalidate");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> post("{a}").body().equals("answer 2 to POST {a}"));
  }

  /** A condition on a POST would mean something else. */
  @Test
  void noValidatorIsSent() {
    List<String> conditions = new CopyOnWriteArrayList<>();
    origin.answer =
        request -> {
          conditions.addAll(request.headers().getAll("if-none-match"));
          request.response().putHeader("etag", "\"a\"");
          echo(request, "max-age=60");
        };
    post("{a}");
    pod.log.apply(
        new PurgeOrder(
            "1",
            new PurgeRequest(
                List.of(), List.of("/graphql"), null, List.of(), false, PurgeRequest.Mode.SOFT),
            null));
    assertThat(post("{a}").body()).isEqualTo("answer 2 to POST {a}");
    assertThat(conditions).isEmpty();
  }

  @Test
  void otherMethodsArePassedOn() {
    assertThat(status(pod.send("HEAD", "/x"))).isEqualTo("warmgate; fwd=method; detail=method");
    assertThat(status(pod.send("PUT", "/x"))).isEqualTo("warmgate; fwd=method; detail=method");
    assertThat(status(post("{a}", "if-none-match", "\"a\"")))
        .isEqualTo("warmgate; fwd=method; detail=method");
  }

  @Test
  void withoutThePolicysWordAPostIsAChange() {
    serve(Methods.SAFE);
    String before = pod.get("/graphql").body();
    assertThat(status(post("{a}"))).isEqualTo("warmgate; fwd=method; detail=method");
    assertThat(pod.get("/graphql").body()).isNotEqualTo(before);
  }
}
