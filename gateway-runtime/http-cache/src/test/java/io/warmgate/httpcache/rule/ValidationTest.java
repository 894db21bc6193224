package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.BODY;
import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.fields;
import static io.warmgate.httpcache.Messages.get;
import static io.warmgate.httpcache.Messages.request;
import static io.warmgate.httpcache.Messages.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.purge.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {
  private static final long LATER = NOW + 100_000;
  private static final Position POSITION = new Position(7, 1);
  private static final StoredResponse TAGGED =
      stored(
          "cache-control", "max-age=60",
          "etag", "\"a\"",
          "content-type", "text/plain",
          "x-old", "1",
          "x-both", "1");

  private static Validation.Outcome apply(
      RequestView request, StoredResponse entry, int status, String response) {
    return Validation.apply(
        request,
        entry,
        new ResponseView(status, FieldList.of(fields(response)), LATER - 1_000, LATER),
        POSITION,
        CachingPolicy.DEFAULT);
  }

  @Test
  void a304RefreshesTheEntry() {
    Validation.Refreshed refreshed =
        (Validation.Refreshed)
            apply(
                get(),
                TAGGED,
                304,
                "etag: \"a\" | cache-control: max-age=30 | x-both: 2 | x-new: 1 | content-type: x"
                    + " | content-encoding: gzip"
                    + " | content-length: 0 | connection: x-hop | x-hop: 1");
    StoredResponse entry = refreshed.entry();
    assertThat(entry.body()).isSameAs(BODY);
    assertThat(entry.fields())
        .isEqualTo(
            FieldList.of(
                "x-old", "1",
                "date", "Sun, 22 Nov 2026 12:00:00 GMT",
                "etag", "\"a\"",
                "cache-control", "max-age=30",
                "x-both", "2",
                "x-new", "1",
                "content-type", "x"));
    assertThat(entry.validity().requestMillis()).isEqualTo(LATER - 1_000);
    assertThat(entry.validity().lifetimeMillis()).isEqualTo(30_000);
    assertThat(entry.provenance().position()).isEqualTo(POSITION);
    assertThat(refreshed.keep().validity()).isEqualTo(entry.validity());
  }

  @Test
  void a304WithItsDateMakesTheEntryYoung() {
    Validation.Refreshed refreshed =
        (Validation.Refreshed)
            apply(get(), TAGGED, 304, "etag: \"a\" | date: Sun, 22 Nov 2026 12:01:40 GMT");
    assertThat(Freshness.remaining(refreshed.entry().validity(), LATER)).isEqualTo(59_000);
    assertThat(Reuse.afterValidation(get(), refreshed.entry(), LATER))
        .isEqualTo(new Decision.Serve(Reason.VALIDATED, Decision.Plain.WHOLE, 1, 59));
  }

  @Test
  void theAgeOfA304Counts() {
    Validation.Refreshed refreshed =
        (Validation.Refreshed)
            apply(
                get(), TAGGED, 304, "etag: \"a\" | age: 10 | date: Sun, 22 Nov 2026 12:01:40 GMT");
    assertThat(refreshed.entry().validity().initialAgeMillis()).isEqualTo(11_000);
    assertThat(refreshed.entry().fields().contains("age")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-store", "private"})
  void a304CanForbidToKeep(String directive) {
    Validation.Outcome outcome =
        apply(get(), TAGGED, 304, "etag: \"a\" | cache-control: max-age=5, " + directive);
    assertThat(outcome).isInstanceOf(Validation.RefreshedOnce.class);
    StoredResponse once = ((Validation.RefreshedOnce) outcome).entry();
    assertThat(Freshness.isFresh(once.validity(), LATER)).isFalse();
    assertThat(Reuse.afterValidation(get(), once, LATER).reason()).isEqualTo(Reason.VALIDATED);
  }

  @Test
  void aCookieOfA304IsForItsClientAlone() {
    Validation.Outcome outcome = apply(get(), TAGGED, 304, "etag: \"a\" | set-cookie: s=1");
    assertThat(((Validation.RefreshedOnce) outcome).reason()).isEqualTo(Reason.SET_COOKIE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "etag: \"a\" ; etag: \"a\" ; true",
        "etag: \"a\" ; etag: \"b\" ; false",
        "etag: \"a\" ; etag: W/\"a\" ; true",
        "etag: W/\"a\" ; etag: W/\"a\" ; true",
        "etag: W/\"a\" ; etag: \"a\" ; false",
        "etag: \"a\" ; x: y ; true",
        "last-modified: x ; etag: \"a\" ; false",
        "last-modified: x ; last-modified: x ; true",
        "last-modified: x ; last-modified: y ; false",
        "last-modified: x ; x: y ; true",
        // A date beside a strong tag says nothing more; beside a weak one, or alone, it counts.
        "etag: \"a\" | last-modified: x ; last-modified: x ; true",
        "etag: \"a\" | last-modified: x ; last-modified: y ; false",
        "etag: \"a\" ; last-modified: y ; false",
        "etag: W/\"a\" | last-modified: x ; etag: W/\"a\" | last-modified: y ; false",
        "etag: W/\"a\" | last-modified: x ; etag: W/\"a\" | last-modified: x ; true",
        "etag: W/\"a\" ; etag: W/\"a\" | last-modified: y ; true",
        "etag: W/\"a\" ; etag: W/\"b\" ; false",
        "etag: \"a\" | last-modified: x ; etag: \"a\" | last-modified: y ; true",
      })
  void a304IsAboutTheStoredRepresentationOrAskedAgain(String stored, String got, boolean same) {
    StoredResponse entry = stored(fields("cache-control: max-age=60 | " + stored));
    assertThat(apply(get(), entry, 304, got))
        .isInstanceOf(same ? Validation.Refreshed.class : Validation.AskAgain.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "x: y ; vary: accept-language ; false",
        "vary: accept ; vary: accept, accept-language ; false",
        "vary: accept ; vary: * ; false",
        "vary: accept, accept-language ; vary: Accept ; true",
        "vary: accept ; x: y ; true",
        "vary: accept ; vary: Accept ; true",
        "content-encoding: gzip ; vary: accept-encoding ; true",
      })
  void a304ThatVariesByMoreIsForItsClientAlone(String stored, String got, boolean kept) {
    StoredResponse entry = stored(fields("cache-control: max-age=60 | etag: \"a\" | " + stored));
    Validation.Outcome outcome = apply(get(), entry, 304, "etag: \"a\" | " + got);
    assertThat(outcome)
        .isInstanceOf(kept ? Validation.Refreshed.class : Validation.RefreshedOnce.class);
  }

  @Test
  void whatIsNo304() {
    assertThat(apply(get(), TAGGED, 200, "etag: \"b\"")).isEqualTo(new Validation.Replaced());
    assertThat(apply(get(), TAGGED, 404, "")).isEqualTo(new Validation.Replaced());
    assertThat(apply(get(), TAGGED, 503, ""))
        .isEqualTo(new Validation.PassedOn(Reason.VALIDATION_FAILED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "200 ; etag: \"a\" | content-length: 5 ; Refreshed",
        "200 ; etag: \"a\" ; Refreshed",
        "304 ; etag: \"a\" ; Refreshed",
        "200 ; etag: \"a\" | content-length: 6 ; PassedOnAndStale",
        "200 ; etag: \"b\" | content-length: 5 ; PassedOnAndStale",
        "200 ; content-length: 5 ; PassedOnAndStale",
        "404 ; etag: \"a\" ; PassedOnAndStale",
        "500 ; etag: \"a\" ; PassedOn",
      })
  void aHeadRefreshesOrOutdates(int status, String response, String outcome) {
    assertThat(apply(request("HEAD"), TAGGED, status, response).getClass().getSimpleName())
        .isEqualTo(outcome);
  }
}
