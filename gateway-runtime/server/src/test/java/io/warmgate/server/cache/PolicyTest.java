package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.CacheOptions;
import io.warmgate.config.KeyParts;
import io.warmgate.config.KeyParts.QueryOrder;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Lifetimes.Mode;
import io.warmgate.config.Lifetimes.OfStatus;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a policy says of lifetimes and keys, through real sockets. */
class PolicyTest {
  private static final KeyParts BY_CREDENTIAL =
      new KeyParts(QueryOrder.KEEP, List.of(), List.of(), List.of("authorization"));

  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod = new Pod();

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private void serve(Lifetimes lifetimes, KeyParts keys) {
    pod.serve(origin.port(), HONOR.with(new CacheOptions(lifetimes, keys)), "g1", null);
  }

  private static Consumer<HttpServerRequest> withoutFreshness(int status) {
    return request -> {
      String number = request.response().headers().get("x-number");
      request.response().setStatusCode(status).end("answer " + number);
    };
  }

  private String body(String path, String... headers) {
    return pod.get(path, headers).body();
  }

  @Test
  void thePolicysLifetimeGoesBeforeTheOrigins() {
    origin.answer = request -> origin.respond(request, "max-age=0");
    serve(new Lifetimes(Mode.HONOR, List.of(new OfStatus(200, 600_000)), null), KeyParts.NONE);
    assertThat(body("/x")).isNotEqualTo(body("/x"));
    serve(new Lifetimes(Mode.OVERRIDE, List.of(new OfStatus(200, 600_000)), null), KeyParts.NONE);
    String kept = body("/x");
    HttpResponse<String> hit = pod.get("/x");
    assertThat(hit.body()).isEqualTo(kept);
    assertThat(status(hit)).containsPattern("^warmgate; hit; ttl=(600|59\\d); detail=fresh$");
    assertThat(hit.headers().firstValue("cache-control")).contains("max-age=0");
  }

  @Test
  void whatIsForOneUserIsNotOverridden() {
    serve(new Lifetimes(Mode.OVERRIDE, List.of(new OfStatus(2, 600_000)), null), KeyParts.NONE);
    for (String forbids : List.of("private", "no-store")) {
      origin.answer = request -> origin.respond(request, forbids + ", max-age=60");
      assertThat(body("/" + forbids)).isNotEqualTo(body("/" + forbids));
    }
  }

  @Test
  void anErrorOfTheResourceIsKeptWhereThePolicySaysForHowLong() {
    origin.answer = withoutFreshness(404);
    serve(Lifetimes.NONE, KeyParts.NONE);
    assertThat(body("/x")).isNotEqualTo(body("/x"));
    serve(new Lifetimes(Mode.HONOR, List.of(), 600_000L), KeyParts.NONE);
    String kept = body("/x");
    assertThat(pod.get("/x").statusCode()).isEqualTo(404);
    assertThat(body("/x")).isEqualTo(kept);
    origin.answer = withoutFreshness(503);
    assertThat(body("/y")).isNotEqualTo(body("/y"));
  }

  @Test
  void theOrderOfParametersCountsUnlessItIsSorted() {
    serve(Lifetimes.NONE, KeyParts.NONE);
    assertThat(body("/x?a=1&b=2")).isNotEqualTo(body("/x?b=2&a=1"));
    serve(Lifetimes.NONE, new KeyParts(QueryOrder.SORT, List.of(), List.of(), List.of()));
    String one = body("/y?b=2&a=1");
    assertThat(body("/y?a=1&utm_source=x&b=2")).isEqualTo(one);
    assertThat(body("/y?a=2&b=1")).isNotEqualTo(one);
    assertThat(origin.asked).as("what is keyed is what is asked").contains("GET /y?a=1&b=2");
  }

  @Test
  void aKeyedCookieHasItsAnswersAndAnIgnoredOneChangesNothing() {
    origin.answer = withoutFreshness(200);
    serve(
        new Lifetimes(Mode.HONOR, List.of(new OfStatus(200, 600_000)), null),
        new KeyParts(QueryOrder.KEEP, List.of("tier"), List.of("_ga*"), List.of()));
    String gold = body("/x", "cookie", "tier=gold; _ga=1");
    String free = body("/x", "cookie", "_ga=2; tier=free");
    String none = body("/x");
    assertThat(List.of(gold, free, none)).doesNotHaveDuplicates();
    assertThat(body("/x", "cookie", "tier=gold; _ga_X=9")).isEqualTo(gold);
    assertThat(body("/x", "cookie", "tier=free")).isEqualTo(free);
    assertThat(body("/x", "cookie", "_ga=7")).isEqualTo(none);
    HttpResponse<String> personal = pod.get("/z", "cookie", "tier=gold; session=1");
    assertThat(status(personal)).endsWith("; detail=cookie");
    assertThat(body("/z", "cookie", "tier=gold")).isNotEqualTo(personal.body());
  }

  @Test
  void anIgnoredCookieMakesNoVariant() {
    origin.answer =
        request -> {
          request.response().putHeader("vary", "cookie");
          origin.respond(request, "max-age=60");
        };
    serve(Lifetimes.NONE, new KeyParts(QueryOrder.KEEP, List.of(), List.of("_ga*"), List.of()));
    String mine = body("/x", "cookie", "session=1; _ga=1");
    assertThat(body("/x", "cookie", "_ga=2; session=1")).isEqualTo(mine);
    assertThat(body("/x", "cookie", "_ga=2; session=2")).isNotEqualTo(mine);
  }

  @Test
  void eachCredentialHasAnswersOfItsOwn() {
    serve(Lifetimes.NONE, BY_CREDENTIAL);
    String alice = body("/x", "authorization", "Bearer alice");
    String bob = body("/x", "authorization", "Bearer bob");
    String nobody = body("/x");
    assertThat(List.of(alice, bob, nobody)).doesNotHaveDuplicates();
    assertThat(body("/x", "authorization", "Bearer alice")).isEqualTo(alice);
    assertThat(body("/x", "authorization", "Bearer bob")).isEqualTo(bob);
    assertThat(body("/x")).isEqualTo(nobody);
    assertThat(origin.requests).hasValue(3);
  }

  @Test
  void withoutAPartitionAnAnswerToCredentialsIsNotKept() {
    serve(Lifetimes.NONE, KeyParts.NONE);
    HttpResponse<String> alone = pod.get("/x", "authorization", "Bearer alice");
    assertThat(status(alone)).endsWith("; detail=authorization");
    serve(
        Lifetimes.NONE, new KeyParts(QueryOrder.KEEP, List.of(), List.of(), List.of("x-api-key")));
    assertThat(status(pod.get("/x", "authorization", "Bearer alice", "x-api-key", "1")))
        .as("a partition by another header")
        .endsWith("; detail=authorization");
  }

  /** Whose answer it is does not keep anybody from purging it. */
  @Test
  void anUnsafeRequestMakesItStaleForEverybody() {
    serve(Lifetimes.NONE, BY_CREDENTIAL);
    String alice = body("/x", "authorization", "Bearer alice");
    pod.send("POST", "/x", "authorization", "Bearer bob");
    assertThat(body("/x", "authorization", "Bearer alice")).isNotEqualTo(alice);
  }
}
