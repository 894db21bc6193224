package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.CacheOptions;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Json;
import io.warmgate.config.KeyParts;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.ExplainRequest.Field;
import io.warmgate.config.admin.ExplainRequest.Origin;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.Explanation.Action;
import io.warmgate.config.admin.Explanation.Layer;
import io.warmgate.config.admin.Explanation.OriginAnswer;
import io.warmgate.config.admin.Explanation.State;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.server.cache.redis.RealRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pod says it would do is what it does, and saying it does nothing. */
class ExplainIT {
  private final RealRedis redis = RealRedis.started();
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod a = new Pod();
  private final Pod b = new Pod();

  @BeforeEach
  void begin() {
    for (Pod pod : List.of(a, b)) {
      serve(pod, HONOR);
    }
    origin.requests.set(0);
  }

  private void serve(Pod pod, CacheRule rule) {
    pod.serve(origin.port(), rule, "g1", redis.address());
    await().atMost(10, TimeUnit.SECONDS).until(() -> pod.log.purges().trustedEpoch() != null);
    // Opens the connections to Redis of every event loop.
    for (int i = 0; i < 20; i++) {
      pod.get("/warm-" + pod.port + "-" + i);
    }
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
    origin.close();
    redis.close();
  }

  private static Explanation explain(Pod pod, String path, String... headers) {
    return explain(pod, "GET", path, Origin.LEAVE, headers);
  }

  private static Explanation explain(
      Pod pod, String method, String path, Origin origin, String... headers) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(new Field(headers[i], headers[i + 1]));
    }
    return pod.explain(
        new ExplainRequest(method, "http://" + HOST + path, fields, null, null, origin));
  }

  private static Layer memory(Explanation explanation) {
    return Objects.requireNonNull(Objects.requireNonNull(explanation.cached()).memory());
  }

  private static Layer redis(Explanation explanation) {
    return Objects.requireNonNull(Objects.requireNonNull(explanation.cached()).redis());
  }

  private static Explanation.Key key(Explanation explanation) {
    return Objects.requireNonNull(Objects.requireNonNull(explanation.cached()).key());
  }

  private static String token(Explanation explanation) {
    return token(explanation.decided().why());
  }

  private static String token(Explanation.@Nullable Why why) {
    return Objects.requireNonNull(why).token();
  }

  @Test
  void whatIsInMemoryOfOnePodAndInRedis() {
    origin.answer =
        request -> {
          request.response().putHeader("surrogate-key", "product:1").putHeader("etag", "\"1\"");
          origin.respond(request, "max-age=60, stale-if-error=30");
        };
    a.get("/x");
    await().atMost(5, TimeUnit.SECONDS).until(() -> redis(explain(b, "/x")).state() == State.FOUND);

    Explanation here = explain(a, "/x");
    assertThat(here.decided().action()).isEqualTo(Action.SERVE);
    assertThat(token(here)).isEqualTo("fresh");
    assertThat(here.decided().why().source()).isEqualTo("RFC 9111 §4.2");
    assertThat(memory(here).entry())
        .satisfies(
            entry -> {
              assertThat(entry.status()).isEqualTo(200);
              assertThat(entry.tags()).containsExactly("product:1");
              assertThat(entry.lifetimeMillis()).isEqualTo(60_000);
              assertThat(entry.freshMillis()).isBetween(30_000L, 60_000L);
              assertThat(entry.staleIfErrorMillis()).isEqualTo(30_000);
              assertThat(entry.bodyBytes()).isEqualTo("answer 1".length());
              assertThat(entry.headers()).contains(new Field("etag", "\"1\""));
            });

    Explanation there = explain(b, "/x");
    assertThat(memory(there).state()).isEqualTo(State.NOTHING);
    assertThat(memory(there).decided())
        .satisfies(d -> assertThat(d.action()).isEqualTo(Action.FORWARD));
    assertThat(there.decided().action()).isEqualTo(Action.SERVE);
    assertThat(key(there).hash()).isEqualTo(key(here).hash());
    // It was looked at, not copied.
    assertThat(memory(explain(b, "/x")).state()).isEqualTo(State.NOTHING);
    assertThat(origin.requests).hasValue(1);
    assertThat(a.get("/x", "warmgate-debug", "cache-key").headers().firstValue("cache-status"))
        .hasValueSatisfying(status -> assertThat(status).contains(key(here).hash()));
  }

  @Test
  void aPurgedEntryIsShownWithTheTimeOfThePurge() {
    a.get("/x");
    long before = System.currentTimeMillis();
    a.log.apply(new PurgeOrder("1", PurgeRequest.paths(List.of("/x"), List.of()), null));
    for (int i = 0; i < 2; i++) {
      Explanation explanation = explain(a, "/x");
      assertThat(memory(explanation).state()).isEqualTo(State.PURGED);
      assertThat(memory(explanation).entry()).isNotNull();
      assertThat(memory(explanation).purgedAtMillis()).isGreaterThanOrEqualTo(before);
      assertThat(memory(explanation).decided())
          .satisfies(d -> assertThat(d.why().token()).isEqualTo("purged"));
      assertThat(explanation.decided().action()).isEqualTo(Action.FORWARD);
    }
  }

  @Test
  void whyItWasNotStoredIsRememberedAndAskedAgain() {
    origin.answer = request -> origin.respond(request, "private, max-age=60");
    a.get("/x");
    Explanation explanation = explain(a, "/x");
    assertThat(token(explanation)).isEqualTo("nothing-found");
    assertThat(Objects.requireNonNull(explanation.cached()).history())
        .satisfies(known -> assertThat(token(known.notStored())).isEqualTo("private"));

    OriginAnswer answer = explain(b, "GET", "/y?utm_source=x", Origin.ASK).origin();
    assertThat(answer)
        .satisfies(
            a -> {
              assertThat(a.status()).isEqualTo(200);
              assertThat(a.stored()).isFalse();
              assertThat(token(a.why())).isEqualTo("private");
            });
    assertThat(origin.asked).last().isEqualTo("GET /y");
  }

  @Test
  void whatTheOriginWouldBeStoredForIsSaidAndNotStored() {
    OriginAnswer answer = explain(a, "GET", "/x", Origin.ASK).origin();
    assertThat(answer)
        .satisfies(
            a -> {
              assertThat(a.stored()).isTrue();
              assertThat(token(a.why())).isEqualTo("explicit");
              assertThat(a.lifetimeMillis()).isEqualTo(60_000);
            });
    Explanation after = explain(a, "/x");
    assertThat(memory(after).state()).isEqualTo(State.NOTHING);
    assertThat(redis(after).state()).isEqualTo(State.NOTHING);
  }

  @Test
  void onlyWhatChangesNothingIsAsked() {
    Explanation explanation = explain(a, "DELETE", "/x", Origin.ASK);
    assertThat(explanation.decided().action()).isEqualTo(Action.PASS);
    assertThat(token(explanation)).isEqualTo("method");
    assertThat(explanation.origin()).isNull();
    assertThat(origin.requests).hasValue(0);
  }

  @Test
  void anOriginThatIsGoneIsAProblemAndNoFailure() {
    origin.answer = request -> request.connection().close();
    assertThat(explain(a, "GET", "/x", Origin.ASK).origin())
        .satisfies(
            answer -> {
              assertThat(answer.status()).isZero();
              assertThat(answer.problem()).isEqualTo("backend-failed");
            });
  }

  @Test
  void redisAwayIsSaid() {
    a.get("/x");
    redis.kill();
    await().atMost(10, TimeUnit.SECONDS).until(() -> redis(explain(a, "/x")).state() == State.AWAY);
    assertThat(explain(a, "/x").decided().action()).isEqualTo(Action.SERVE);
  }

  @Test
  void noCredentialIsShown() {
    KeyParts parts =
        new KeyParts(
            KeyParts.QueryOrder.KEEP,
            List.of("currency", "session"),
            List.of(),
            List.of("authorization"));
    CacheRule rule =
        new CacheRule(
            HONOR.defaultTtlMillis(),
            HONOR.maxTtlMillis(),
            null,
            null,
            HONOR.query(),
            List.of("accept-language", "x-api-key"),
            HONOR.tags(),
            HONOR.maxUnverifiedMillis(),
            HONOR.onLogLoss(),
            new CacheOptions(Lifetimes.NONE, parts));
    serve(a, rule);
    String secret = "s3cr3t";
    Explanation explanation =
        explain(
            a,
            "/x;jsessionid=" + secret + "?access_token=" + secret + "&utm_x=1&page=2",
            "authorization",
            "Bearer " + secret,
            "x-api-key",
            secret,
            "accept-language",
            "de;q=0.5, en",
            "cookie",
            "currency=EUR; session=" + secret);
    Explanation.Key key = key(explanation);
    assertThat(key.headers())
        .containsExactly(
            new Field("accept-language", "en,de;q=0.5"), new Field("x-api-key", "***"));
    assertThat(key.cookies())
        .containsExactly(new Field("currency", "EUR"), new Field("session", "***"));
    assertThat(key.query()).isEqualTo("access_token=***&page=2");
    assertThat(key.partition()).matches("[0-9a-f]{64}");
    assertThat(new String(Json.write(explanation), StandardCharsets.UTF_8)).doesNotContain(secret);
  }

  @Test
  void variantsAreToldApart() {
    origin.answer =
        request -> {
          request.response().putHeader("vary", "accept-language");
          origin.respond(request, "max-age=60");
        };
    a.get("/x", "accept-language", "de");
    assertThat(memory(explain(a, "/x", "accept-language", "fr")).state())
        .isEqualTo(State.OTHER_VARIANT);
    Explanation same = explain(a, "/x", "accept-language", "DE");
    assertThat(memory(same).state()).isEqualTo(State.FOUND);
    assertThat(key(same).variant()).containsExactly(new Field("accept-language", "de"));
  }

  @Test
  void whatComesNotToTheCacheSaysWhy() {
    Explanation bad = explain(a, "/../x");
    assertThat(bad.decided().action()).isEqualTo(Action.ANSWER);
    assertThat(token(bad)).isEqualTo("bad-path");
    assertThat(bad.routed()).isNull();

    a.serve(origin.port(), null, "g1", redis.address());
    Explanation without = explain(a, "/x");
    assertThat(token(without)).isEqualTo("no-policy");
    assertThat(without.routed())
        .satisfies(
            routed -> {
              assertThat(routed.route()).isEqualTo("test/all");
              assertThat(routed.shares()).singleElement().matches(Explanation.Share::chosen);
            });
    // The same word is in the answer itself.
    assertThat(Pod.status(a.get("/x"))).isEqualTo("warmgate; fwd=bypass; detail=no-policy");
  }
}
