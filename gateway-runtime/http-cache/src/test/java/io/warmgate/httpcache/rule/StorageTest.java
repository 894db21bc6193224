package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.DATE;
import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.fields;
import static io.warmgate.httpcache.Messages.get;
import static io.warmgate.httpcache.Messages.request;
import static io.warmgate.httpcache.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Messages;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Validity.Constraint;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        // request ; status ; response ; reason
        "; 200 ; cache-control: max-age=60 ; EXPLICIT",
        "; 200 ; cache-control: s-maxage=60, max-age=0 ; EXPLICIT",
        "; 200 ; expires: Sun, 22 Nov 2026 12:01:00 GMT ; EXPLICIT",
        "; 200 ; last-modified: Sun, 22 Nov 2026 11:00:00 GMT ; HEURISTIC",
        "; 200 ; etag: \"a\" ; FOR_VALIDATION",
        "; 200 ; cache-control: no-cache | etag: \"a\" ; FOR_VALIDATION",
        "; 200 ; cache-control: no-cache ; EXPIRED",
        "; 200 ; cache-control: max-age=0 ; EXPIRED",
        "; 200 ; cache-control: max-age=60 | age: 60 ; EXPIRED",
        "; 200 ; expires: 0 ; EXPIRED",
        "; 200 ;  ; EXPIRED",
        "; 200 ; cache-control: no-store, max-age=60 ; NO_STORE",
        "; 200 ; cache-control: max-age=60 | cache-control: no-store ; NO_STORE",
        "; 200 ; cache-control: no-store, must-understand, max-age=60 ; EXPLICIT",
        "; 299 ; cache-control: must-understand, max-age=60 ; MUST_UNDERSTAND",
        "; 299 ; cache-control: max-age=60 ; EXPLICIT",
        "; 200 ; cache-control: private, max-age=60 ; PRIVATE",
        "; 200 ; cache-control: private=\"x\", max-age=60 ; EXPLICIT",
        "; 200 ; cache-control: max-age=60 | set-cookie: a=b ; SET_COOKIE",
        "; 200 ; cache-control: max-age=60 | vary: * ; VARY_ANY",
        "; 200 ; cache-control: max-age=60 | vary: a | vary: b, * ; VARY_ANY",
        "; 200 ; cache-control: max-age=60 | vary: a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q ; VARY_LIMIT",
        // Authorization.
        "authorization: x ; 200 ; cache-control: max-age=60 ; AUTHORIZATION",
        "authorization: x ; 200 ; cache-control: max-age=60, public ; EXPLICIT",
        "authorization: x ; 200 ; cache-control: max-age=60, must-revalidate ; EXPLICIT",
        "authorization: x ; 200 ; cache-control: s-maxage=60 ; EXPLICIT",
        "authorization: x ; 200 ; cache-control: max-age=60, proxy-revalidate ; AUTHORIZATION",
        "; 200 ; cache-control: max-age=60 | vary: a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p ; EXPLICIT",
        "; 599 ; cache-control: max-age=60 ; ERROR_STATUS",
        "; 199 ; cache-control: max-age=60 ; STATUS",
        "; 400 ; cache-control: public | last-modified: Sun, 22 Nov 2020 11:00:00 GMT;ERROR_STATUS",
        "; 404 ; cache-control: public | last-modified: Sun, 22 Nov 2020 11:00:00 GMT;NO_FRESHNESS",
        // Cookies.
        "cookie: x ; 200 ; last-modified: Sun, 22 Nov 2020 11:00:00 GMT ; COOKIE",
        "cookie: x ; 200 ; etag: \"a\" ; COOKIE",
        "cookie: x ; 200 ; vary: cookie | etag: \"a\" ; FOR_VALIDATION",
        "cookie: x ; 200 ; cache-control: max-age=60 ; EXPLICIT",
        "cookie: x;200;cache-control: public | last-modified: Sun, 22 Nov 2020 11:00:00"
            + " GMT;HEURISTIC",
        "; 200 ; cache-control: max-age=60 | vary: a b ; VARY_ANY",
        "; 200 ; cache-control: max-age=60 | vary: , ; EXPLICIT",
        // Stale from the start, and of use for a while.
        "; 200 ; cache-control: max-age=0, stale-while-revalidate=9 ; EXPLICIT",
        "; 200 ; cache-control: max-age=0, stale-if-error=9 ; EXPLICIT",
        "; 200 ; cache-control: max-age=0, stale-if-error=9, must-revalidate ; EXPIRED",
        "; 200 ; cache-control: s-maxage=0, stale-while-revalidate=9 ; EXPIRED",
        "; 200 ; cache-control: no-cache, stale-while-revalidate=9 ; EXPIRED",
        "cache-control: no-store ; 200 ; cache-control: max-age=60 ; REQUEST_NO_STORE",
        "cache-control: no-cache ; 200 ; cache-control: max-age=60 ; EXPLICIT",
        // Statuses.
        "; 206 ; cache-control: max-age=60 ; STATUS",
        "; 304 ; cache-control: max-age=60 ; STATUS",
        "; 412 ; cache-control: max-age=60 ; STATUS",
        "; 416 ; cache-control: max-age=60 ; STATUS",
        "; 101 ; cache-control: max-age=60 ; STATUS",
        "; 600 ; cache-control: max-age=60 ; STATUS",
        "; 400 ; cache-control: max-age=60 ; ERROR_STATUS",
        "; 405 ; cache-control: max-age=60 ; ERROR_STATUS",
        "; 431 ; cache-control: max-age=60 ; ERROR_STATUS",
        "; 500 ; cache-control: max-age=60 ; ERROR_STATUS",
        "; 501 ; cache-control: max-age=60 ; ERROR_STATUS",
        "; 503 ; cache-control: max-age=60 ; ERROR_STATUS",
        "; 404 ; cache-control: max-age=60 ; EXPLICIT",
        "; 410 ; cache-control: max-age=60 ; EXPLICIT",
        "; 404 ; last-modified: Sun, 22 Nov 2020 11:00:00 GMT ; NO_FRESHNESS",
        "; 302 ; last-modified: Sun, 22 Nov 2020 11:00:00 GMT ; NO_FRESHNESS",
        "; 302 ; cache-control: max-age=60 ; EXPLICIT",
        "; 302;cache-control: public | last-modified: Sun, 22 Nov 2020 11:00:00 GMT;HEURISTIC",
        "; 301 ; last-modified: Sun, 22 Nov 2020 11:00:00 GMT ; HEURISTIC",
      })
  void rule(String request, int status, String response, Reason reason) {
    assertThat(decide(get(fields(nn(request))), status, nn(response)).reason()).isEqualTo(reason);
  }

  private static String nn(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }

  private static StoreDecision decide(RequestView request, int status, String response) {
    return Storage.decide(request, response(status, fields(response)), CachingPolicy.DEFAULT, NOW);
  }

  private static StoreDecision.Keep kept(String response) {
    return (StoreDecision.Keep) decide(get(), 200, response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "get", "PURGE", ""})
  void onlyGetStores(String method) {
    assertThat(decide(request(method), 200, "cache-control: max-age=60").reason())
        .isEqualTo(Reason.METHOD);
  }

  @Test
  void aGetWithContentStoresNothing() {
    RequestView fat = new RequestView("GET", Messages.TARGET, FieldList.EMPTY, true);
    assertThat(decide(fat, 200, "cache-control: max-age=60").reason())
        .isEqualTo(Reason.REQUEST_CONTENT);
  }

  @Test
  void whatTheKeyHoldsMayBePersonal() {
    CachingPolicy keyed =
        new CachingPolicy(
            null,
            null,
            StaleWindows.NONE,
            ClientDirectives.PROTECT_ORIGIN,
            Set.of("Authorization", "Cookie"));
    assertThat(
            Storage.decide(
                get("authorization", "x", "cookie", "y"),
                response(200, "last-modified", "Sun, 22 Nov 2020 11:00:00 GMT"),
                keyed,
                NOW))
        .isInstanceOf(StoreDecision.Keep.class);
  }

  @Test
  void thePolicysLifetimeIsForWhatSaysNothing() {
    CachingPolicy policy =
        new CachingPolicy(
            30_000L, 40_000L, StaleWindows.NONE, ClientDirectives.PROTECT_ORIGIN, Set.of());
    assertThat(lifetime(policy, 200)).isEqualTo(30_000);
    assertThat(lifetime(policy, 200, "cache-control", "max-age=10")).isEqualTo(10_000);
    assertThat(lifetime(policy, 200, "cache-control", "max-age=100")).isEqualTo(40_000);
    assertThat(Storage.decide(get(), response(404), policy, NOW).reason())
        .isEqualTo(Reason.NO_FRESHNESS);
  }

  private static long lifetime(CachingPolicy policy, int status, String... fields) {
    return ((StoreDecision.Keep) Storage.decide(get(), response(status, fields), policy, NOW))
        .validity()
        .lifetimeMillis();
  }

  @Test
  void hopByHopAndNamedFieldsAreNotStored() {
    assertThat(
            kept("""
            connection: close, X-Hop | x-hop: 1 | keep-alive: 2 | transfer-encoding: chunked | \
            proxy-authenticate: x | age: 3 | content-length: 5 | upgrade: y | te: z | \
            cache-control: max-age=60, private="X-Mine", no-cache="x-asked" | x-mine: 1 | \
            X-Asked: 1 | X-Kept: 1 | date: %s\
            """
                    .formatted(DATE))
                .fields()
                .names())
        .containsExactly("cache-control", "x-kept", "date");
  }

  @Test
  void aMissingDateIsAppended() {
    assertThat(kept("cache-control: max-age=60").fields().first("date")).isEqualTo(DATE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "max-age=60 ; []",
        "max-age=60, must-revalidate ; [MUST_REVALIDATE]",
        "max-age=60, proxy-revalidate ; [MUST_REVALIDATE]",
        "s-maxage=60 ; [MUST_REVALIDATE]",
      })
  void constraints(String directives, String constraints) {
    assertThat(kept("cache-control: " + directives).validity().constraints())
        .hasToString(constraints);
  }

  @Test
  void noCacheIsKeptForValidation() {
    assertThat(kept("cache-control: no-cache, max-age=60 | etag: \"a\"").validity().constraints())
        .containsExactly(Constraint.NO_CACHE);
  }

  @Test
  void entriesThatCanBeValidatedAreRetainedLonger() {
    assertThat(kept("cache-control: max-age=600").retentionMillis()).isEqualTo(600_000);
    assertThat(kept("cache-control: max-age=600 | etag: \"a\"").retentionMillis())
        .isEqualTo(1_200_000);
    assertThat(kept("cache-control: max-age=0 | etag: \"a\"").retentionMillis()).isEqualTo(60_000);
    assertThat(kept("cache-control: max-age=86400 | etag: \"a\"").retentionMillis())
        .isEqualTo(86_400_000 + 3_600_000);
  }
}
