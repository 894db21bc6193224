package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.fields;
import static io.warmgate.httpcache.Messages.get;
import static io.warmgate.httpcache.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.TtlRule;
import io.warmgate.httpcache.TtlRule.Mode;
import io.warmgate.httpcache.entry.Validity.Constraint;
import io.warmgate.httpcache.key.CookieRule;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word on freshness counts. */
class PolicyLifetimeTest {
  private static final Map<Integer, Long> BY_STATUS =
      Map.of(301, 301_000L, 410, 410_000L, 2, 2_000L, 3, 3_000L);

  private static CachingPolicy policy(TtlRule ttl, String... keyed) {
    return new CachingPolicy(
        ttl, StaleWindows.NONE, ClientDirectives.PROTECT_ORIGIN, Set.of(keyed), CookieRule.NONE);
  }

  private static StoreDecision decide(
      CachingPolicy policy, @Nullable String request, int status, @Nullable String response) {
    return Storage.decide(
        get(fields(request == null ? "" : request)),
        response(status, fields(response == null ? "" : response)),
        policy,
        NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        // mode ; request ; status ; response ; reason ; seconds
        "HONOR ; ; 200 ; ; POLICY_TTL ; 2",
        "HONOR ; ; 203 ; ; POLICY_TTL ; 2",
        "HONOR ; ; 301 ; ; POLICY_TTL ; 301",
        "HONOR ; ; 302 ; ; POLICY_TTL ; 3",
        "HONOR ; ; 404 ; ; POLICY_TTL ; 9",
        "HONOR ; ; 410 ; ; POLICY_TTL ; 410",
        "HONOR ; ; 451 ; ; POLICY_TTL ; 9",
        "HONOR ; ; 404 ; cache-control: max-age=60 ; EXPLICIT ; 60",
        "HONOR ; ; 200 ; cache-control: max-age=60 ; EXPLICIT ; 60",
        "HONOR ; ; 200 ; cache-control: s-maxage=60 ; EXPLICIT ; 60",
        "HONOR ; ; 200 ; expires: Sun, 22 Nov 2026 12:01:00 GMT ; EXPLICIT ; 60",
        "HONOR ; ; 200 ; cache-control: max-age=0 ; EXPIRED ; ",
        "HONOR ; ; 200 ; cache-control: max-age=9999 ; EXPLICIT ; 1000",
        "HONOR ; cookie: x=1 ; 200 ; ; COOKIE ; ",
        "HONOR ; cookie: x=1 ; 200 ; cache-control: max-age=60 ; EXPLICIT ; 60",
        "OVERRIDE ; ; 200 ; cache-control: max-age=60 ; OVERRIDDEN ; 2",
        "OVERRIDE ; ; 200 ; cache-control: max-age=0 ; OVERRIDDEN ; 2",
        "OVERRIDE ; ; 200 ; cache-control: s-maxage=60 ; OVERRIDDEN ; 2",
        "OVERRIDE ; ; 200 ; expires: 0 ; OVERRIDDEN ; 2",
        "OVERRIDE ; ; 200 ; ; POLICY_TTL ; 2",
        "OVERRIDE ; ; 404 ; cache-control: max-age=60 ; OVERRIDDEN ; 9",
        // What still holds.
        "OVERRIDE ; ; 200 ; cache-control: private, max-age=60 ; PRIVATE ; ",
        "OVERRIDE ; ; 200 ; cache-control: no-store, max-age=60 ; NO_STORE ; ",
        "OVERRIDE ; ; 200 ; cache-control: no-cache ; EXPIRED ; ",
        "OVERRIDE ; ; 200 ; cache-control: no-cache | etag: \"a\" ; FOR_VALIDATION ; 2",
        "OVERRIDE ; ; 200 ; cache-control: max-age=60 | set-cookie: a=b ; SET_COOKIE ; ",
        "OVERRIDE ; ; 200 ; cache-control: max-age=60 | vary: * ; VARY_ANY ; ",
        "OVERRIDE ; authorization: x ; 200 ; cache-control: max-age=60 ; AUTHORIZATION ; ",
        "OVERRIDE ; authorization: x ; 200 ; cache-control: s-maxage=60 ; EXPLICIT ; 60",
        "OVERRIDE ; authorization: x ; 200 ; cache-control: public, max-age=60 ; EXPLICIT ; 60",
        "OVERRIDE ; authorization: x ; 200 ; cache-control: s-maxage=0 | etag: \"a\" ;"
            + " FOR_VALIDATION ; 0",
        "OVERRIDE ; cookie: x=1 ; 200 ; cache-control: max-age=60 ; OVERRIDDEN ; 2",
        "OVERRIDE ; cookie: x=1 ; 200 ; cache-control: max-age=0 ; COOKIE ; ",
        "OVERRIDE ; cookie: x=1 ; 200 ; cache-control: max-age=0, public ; OVERRIDDEN ; 2",
        "OVERRIDE ; ; 206 ; cache-control: max-age=60 ; STATUS ; ",
        "OVERRIDE ; ; 400 ; cache-control: max-age=60 ; ERROR_STATUS ; ",
        "OVERRIDE ; ; 503 ; ; ERROR_STATUS ; ",
      })
  void byStatus(
      Mode mode,
      @Nullable String request,
      int status,
      @Nullable String response,
      Reason reason,
      @Nullable Long seconds) {
    CachingPolicy policy = policy(new TtlRule(mode, BY_STATUS, 9_000L, 7_000L, 1_000_000L));
    StoreDecision decision = decide(policy, request, status, response);
    assertThat(decision.reason()).isEqualTo(reason);
    if (decision instanceof StoreDecision.Keep keep) {
      assertThat(keep.validity().lifetimeMillis()).isEqualTo(seconds == null ? -1 : seconds * 1000);
    } else {
      assertThat(seconds).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        // mode ; status ; response ; reason
        "HONOR ; 200 ; ; POLICY_TTL",
        "HONOR ; 404 ; ; NO_FRESHNESS",
        "HONOR ; 302 ; ; NO_FRESHNESS",
        "OVERRIDE ; 200 ; cache-control: max-age=0 ; OVERRIDDEN",
        "OVERRIDE ; 302 ; cache-control: max-age=60 ; EXPLICIT",
        "OVERRIDE ; 404 ; cache-control: max-age=60 ; EXPLICIT",
        "OVERRIDE ; 404 ; ; NO_FRESHNESS",
      })
  void theDefaultIsForStatusesThatAreCacheableAnyway(
      Mode mode, int status, @Nullable String response, Reason reason) {
    CachingPolicy policy = policy(new TtlRule(mode, Map.of(), null, 7_000L, null));
    assertThat(decide(policy, null, status, response).reason()).isEqualTo(reason);
  }

  @Test
  void aPolicyThatSaysNothingOverridesNothing() {
    CachingPolicy policy = policy(new TtlRule(Mode.OVERRIDE, Map.of(), null, null, null));
    assertThat(decide(policy, null, 200, "cache-control: max-age=60").reason())
        .isEqualTo(Reason.EXPLICIT);
    assertThat(decide(policy, null, 200, "last-modified: Sun, 22 Nov 2026 11:00:00 GMT").reason())
        .isEqualTo(Reason.HEURISTIC);
  }

  @Test
  void credentialsInTheKeyLetThePolicyOverride() {
    TtlRule ttl = new TtlRule(Mode.OVERRIDE, Map.of(), null, 7_000L, null);
    assertThat(
            decide(
                    policy(ttl, "Authorization"),
                    "authorization: x",
                    200,
                    "cache-control: max-age=60")
                .reason())
        .isEqualTo(Reason.OVERRIDDEN);
  }

  @Test
  void whatAnAnswerForbidsOnceStaleIsNotOverridden() {
    CachingPolicy policy = policy(new TtlRule(Mode.OVERRIDE, Map.of(), null, 7_000L, null));
    StoreDecision.Keep kept =
        (StoreDecision.Keep) decide(policy, null, 200, "cache-control: s-maxage=60");
    assertThat(kept.validity().constraints()).containsExactly(Constraint.MUST_REVALIDATE);
  }
}
