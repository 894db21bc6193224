package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.CacheRule;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Match;
import io.warmgate.config.PathMatch;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GET by a rule with a policy, every other method by one without: one pod with L1 alone. */
class WithoutPolicyTest {
  private final CountingOrigin origin = new CountingOrigin();
  private final Pod pod = new Pod();

  @BeforeEach
  void begin() {
    pod.take(readsAreKept());
    origin.answer = request -> origin.respond(request, "max-age=60");
  }

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private GatewayConfig readsAreKept() {
    GatewayConfig all = pod.config(origin.port(), null, "g1", null);
    Rule writes = all.routes().getFirst().rules().getFirst();
    Route route =
        new Route(
            "test/all",
            List.of("http"),
            List.of(),
            List.of(rule("reads", "GET", HONOR, writes), rule("writes", null, null, writes)));
    return new GatewayConfig(
        all.gateway(),
        all.listeners(),
        List.of(route),
        all.backends(),
        all.cache(),
        all.limits(),
        all.telemetry());
  }

  private static Rule rule(
      String id, @Nullable String method, @Nullable CacheRule cache, Rule like) {
    return new Rule(
        id,
        List.of(new Match(new PathMatch(PathMatch.Type.PREFIX, "/"), List.of(), List.of(), method)),
        List.of(),
        like.backends(),
        null,
        like.timeouts(),
        like.retry(),
        cache);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST", "PATCH", "DELETE", "UNHEARDOF"})
  void whatAnUnsafeRequestChangesIsPurgedThoughItsRuleHasNoPolicy(String method) {
    String old = pod.get("/x?page=1").body();
    pod.get("/y");
    assertThat(status(pod.get("/x?page=1"))).contains("hit");

    assertThat(status(pod.send(method, "/x"))).isEqualTo("warmgate; fwd=bypass; detail=no-policy");

    assertThat(pod.get("/x?page=1").body()).isNotEqualTo(old);
    assertThat(status(pod.get("/y"))).contains("hit");
  }

  @Test
  void whatTheAnswerNamesIsPurgedToo() {
    pod.get("/list");
    origin.answer =
        request -> {
          request.response().putHeader("content-location", "/list");
          origin.respond(request, "max-age=60");
        };
    pod.send("POST", "/list/new");
    assertThat(status(pod.get("/list"))).contains("detail=purged");
  }

  @Test
  void aSafeRequestAndAnErrorPurgeNothing() {
    pod.get("/x");
    pod.send("OPTIONS", "/x");
    origin.answer =
        request -> {
          request.response().setStatusCode(409);
          origin.respond(request, "max-age=60");
        };
    pod.send("PUT", "/x");
    assertThat(status(pod.get("/x"))).contains("hit");
  }

  @Test
  void whereNothingIsKeptNothingIsPurged() {
    pod.send("PUT", "/x");
    assertThat(pod.log.purges().newestIds(10)).isEmpty();
    pod.get("/x");
    pod.send("PUT", "/x");
    assertThat(pod.log.purges().newestIds(10)).hasSize(1);
  }
}
