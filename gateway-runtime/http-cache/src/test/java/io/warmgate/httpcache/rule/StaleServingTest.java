package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.fields;
import static io.warmgate.httpcache.Messages.get;
import static io.warmgate.httpcache.Messages.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.StoredResponse;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaleServingTest {

  private static CachingPolicy policy(@Nullable Long seconds, ClientDirectives client) {
    Long millis = seconds == null ? null : (Long) (seconds * 1000);
    return new CachingPolicy(null, null, new StaleWindows(millis, millis), client, Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      quoteCharacter = '\0',
      value = {
        // seconds later ; policy's seconds ; client ; request ; stored ; while revalidating, on
        // error
        "60 ; - ; PROTECT_ORIGIN ; ; max-age=60 ; no ; no",
        "69 ; - ; PROTECT_ORIGIN ; ; max-age=60, stale-while-revalidate=9 ; yes ; no",
        "70 ; - ; PROTECT_ORIGIN ; ; max-age=60, stale-while-revalidate=9 ; no ; no",
        "69 ; - ; PROTECT_ORIGIN ; ; max-age=60, stale-if-error=9 ; no ; yes",
        "70 ; - ; PROTECT_ORIGIN ; ; max-age=60, stale-if-error=9 ; no ; no",
        "69 ; 9 ; PROTECT_ORIGIN ; ; max-age=60 ; yes ; yes",
        "70 ; 9 ; PROTECT_ORIGIN ; ; max-age=60 ; no ; no",
        // The response's word goes before the policy's.
        "60 ; 9 ; PROTECT_ORIGIN ; ; max-age=60, stale-while-revalidate=0 ; no ; yes",
        "60 ; 9 ; PROTECT_ORIGIN ; ; max-age=60, stale-if-error=0 ; yes ; no",
        "60 ; 9 ; PROTECT_ORIGIN ; ; max-age=60, stale-while-revalidate=x ; no ; yes",
        // What came stale was meant to be asked for, unless it says otherwise.
        "1 ; 9 ; PROTECT_ORIGIN ; ; max-age=0 ; no ; yes",
        "1 ; - ; PROTECT_ORIGIN ; ; max-age=0, stale-while-revalidate=5 ; yes ; no",
        // Prohibited.
        "61 ; 9 ; PROTECT_ORIGIN ; ; max-age=60, stale-while-revalidate=5, must-revalidate ; no ;"
            + " no",
        "61 ; 9 ; PROTECT_ORIGIN ; ; max-age=60, stale-if-error=5, proxy-revalidate ; no ; no",
        "61 ; 9 ; PROTECT_ORIGIN ; ; s-maxage=60, stale-if-error=5 ; no ; no",
        "61 ; 9 ; PROTECT_ORIGIN ; ; no-cache, max-age=60, stale-if-error=5 ; no ; no",
        // A client that insists, where it may.
        "61 ; 9 ; HONOR ; cache-control: max-age=30 ; max-age=60 ; no ; no",
        "61 ; 9 ; HONOR ; cache-control: min-fresh=1 ; max-age=60 ; no ; no",
        "61 ; 9 ; HONOR ; cache-control: no-cache ; max-age=60 ; no ; no",
        "61 ; 9 ; PROTECT_ORIGIN ; cache-control: no-cache ; max-age=60 ; yes ; yes",
        "61 ; - ; HONOR ; cache-control: stale-if-error=5 ; max-age=60 ; no ; yes",
        "61 ; - ; PROTECT_ORIGIN ; cache-control: stale-if-error=5 ; max-age=60 ; no ; no",
        // Whose response may not be stored revalidates nothing.
        "61 ; 9 ; PROTECT_ORIGIN ; cache-control: no-store ; max-age=60 ; no ; yes",
      })
  void rule(
      long seconds,
      @Nullable Long policys,
      ClientDirectives client,
      String request,
      String stored,
      String whileRevalidating,
      String onError) {
    StoredResponse entry = stored("cache-control", stored, "etag", "\"a\"");
    CachingPolicy policy = policy(policys, client);
    long now = NOW + seconds * 1000;
    String[] asked = fields(request == null ? "" : request);
    assertThat(Reuse.decide(get(asked), entry, policy, now) instanceof Decision.ServeAndRevalidate)
        .isEqualTo(whileRevalidating.equals("yes"));
    for (OptionalInt failure : new OptionalInt[] {OptionalInt.empty(), OptionalInt.of(503)}) {
      assertThat(Reuse.afterError(get(asked), entry, failure, policy, now).isPresent())
          .isEqualTo(onError.equals("yes"));
    }
  }

  @Test
  void whatIsServedStaleSaysSo() {
    StoredResponse entry =
        stored("cache-control", "max-age=60, stale-while-revalidate=9", "etag", "\"a\"");
    assertThat(Reuse.decide(get(), entry, CachingPolicy.DEFAULT, NOW + 65_000))
        .isEqualTo(
            new Decision.ServeAndRevalidate(
                new Decision.Serve(Reason.STALE_WHILE_REVALIDATE, Decision.Plain.WHOLE, 65, -5),
                FieldList.of("if-none-match", "\"a\"")));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void theseAreErrors(int status) {
    assertThat(StaleServing.isError(status)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 304, 404, 429, 499, 501, 505})
  void theseAreAnswers(int status) {
    assertThat(StaleServing.isError(status)).isFalse();
  }

  @Test
  void anEntryIsRetainedForAsLongAsItMayBeOfUse() {
    StoredResponse entry = stored("cache-control", "max-age=60, stale-if-error=500");
    assertThat(Storage.retention(entry.fields(), entry.validity(), CachingPolicy.DEFAULT, NOW))
        .isEqualTo(560_000);
    StoredResponse silent = stored("cache-control", "max-age=60");
    assertThat(
            Storage.retention(
                silent.fields(),
                silent.validity(),
                policy(9L, ClientDirectives.PROTECT_ORIGIN),
                NOW))
        .isEqualTo(69_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "max-age=60 ; 9000 ; 9000",
        "max-age=60, stale-while-revalidate=1, stale-if-error=2 ; 1000 ; 2000",
        "max-age=60, stale-if-error=2, must-revalidate ; 0 ; 0",
      })
  void theWindowsOfAnEntry(String cacheControl, long whileRevalidate, long ifError) {
    StoredResponse entry = stored("cache-control", cacheControl);
    assertThat(
            StaleServing.effective(entry.validity(), policy(9L, ClientDirectives.PROTECT_ORIGIN)))
        .isEqualTo(new StaleWindows(whileRevalidate, ifError));
  }
}
