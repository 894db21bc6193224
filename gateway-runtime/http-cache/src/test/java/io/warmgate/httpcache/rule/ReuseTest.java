package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.fields;
import static io.warmgate.httpcache.Messages.get;
import static io.warmgate.httpcache.Messages.request;
import static io.warmgate.httpcache.Messages.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Plain;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Messages;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.StoredResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReuseTest {
  private static final CachingPolicy HONOR =
      new CachingPolicy(null, null, StaleWindows.NONE, ClientDirectives.HONOR, Set.of());

  @Test
  void whereNothingMayBeStoredNothingIsFetchedForTheCache() {
    Decision.Serve stale = new Decision.Serve(Reason.STALE_WHILE_REVALIDATE, Plain.WHOLE, 61, -1);
    Decision.Serve fresh = new Decision.Serve(Reason.FRESH, Plain.WHOLE, 1, 59);
    assertThat(
            List.of(
                Reuse.withoutStoring(new Decision.ServeAndRevalidate(stale, FieldList.EMPTY)),
                Reuse.withoutStoring(new Decision.Forward(Reason.NOTHING_FOUND)),
                Reuse.withoutStoring(new Decision.Validate(Reason.NO_CACHE, FieldList.EMPTY))))
        .containsExactly(
            new Pass(Reason.STALE, Reason.UNSTORED),
            new Pass(Reason.NOTHING_FOUND, Reason.UNSTORED),
            new Pass(Reason.NO_CACHE, Reason.UNSTORED));
    for (Decision same :
        List.of(
            fresh, new Pass(Reason.RANGE, Reason.RANGE), new Decision.Refuse(Reason.STALE, 504))) {
      assertThat(Reuse.withoutStoring(same)).isSameAs(same);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        // seconds later ; policy honours ; request ; stored ; decision ; reason
        "59 ; no  ;                                ; max-age=60 ; Serve ; FRESH",
        "60 ; no  ;                                ; max-age=60 ; Forward ; STALE",
        "60 ; no  ;                                ; max-age=60 | etag: \"a\" ; Validate ; STALE",
        "1  ; no  ;                                ; no-cache | etag: \"a\" ; Validate ; NO_CACHE",
        // The client cannot make the gateway fetch.
        "1  ; no  ; cache-control: no-cache        ; max-age=60 ; Serve ; FRESH",
        "9  ; no  ; cache-control: max-age=0       ; max-age=60 ; Serve ; FRESH",
        "9  ; no  ; cache-control: min-fresh=100   ; max-age=60 ; Serve ; FRESH",
        "9  ; no  ; cache-control: no-store        ; max-age=60 ; Serve ; FRESH",
        "61 ; no  ; cache-control: max-stale       ; max-age=60 ; Forward ; STALE",
        "61 ; no  ; cache-control: only-if-cached  ; max-age=60 ; Refuse ; ONLY_IF_CACHED",
        "1  ; no  ; cache-control: only-if-cached  ; max-age=60 ; Serve ; FRESH",
        // Unless the policy says so.
        "1  ; yes ; cache-control: no-cache        ; max-age=60 ; Forward ; REQUEST_NO_CACHE",
        "1  ; yes ; cache-control: no-cache  ; max-age=60 | etag: \"a\" ; Validate ;"
            + " REQUEST_NO_CACHE",
        "9  ; yes ; cache-control: max-age=8       ; max-age=60 ; Forward ; REQUEST_MAX_AGE",
        "9  ; yes ; cache-control: max-age=9       ; max-age=60 ; Serve ; FRESH",
        "9  ; yes ; cache-control: max-age=x       ; max-age=60 ; Serve ; FRESH",
        "9  ; yes ; cache-control: min-fresh=52    ; max-age=60 ; Forward ; REQUEST_MIN_FRESH",
        "9  ; yes ; cache-control: min-fresh=51    ; max-age=60 ; Serve ; FRESH",
        "70 ; yes ; cache-control: max-stale=10    ; max-age=60 ; Serve ; STALE_ACCEPTED",
        "71 ; yes ; cache-control: max-stale=10    ; max-age=60 ; Forward ; STALE",
        "99 ; yes ; cache-control: max-stale       ; max-age=60 ; Serve ; STALE_ACCEPTED",
        "70 ; yes ; cache-control: max-stale, max-age=65 ; max-age=60 ; Forward ; STALE",
        "70 ; yes ; cache-control: max-stale       ; max-age=60, must-revalidate ; Forward ; STALE",
        "70 ; yes ; cache-control: max-stale       ; max-age=60, proxy-revalidate ; Forward ;"
            + " STALE",
        "70 ; yes ; cache-control: max-stale       ; s-maxage=60 ; Forward ; STALE",
        "1 ; yes ; cache-control: max-stale ; no-cache | etag: \"a\" ; Validate ; NO_CACHE",
        "1 ; yes ; cache-control: no-cache, only-if-cached ; max-age=60 ; Refuse ; ONLY_IF_CACHED",
        // Ranges: of an entry that is fresh or can be validated, else the origin's.
        "1  ; no  ; range: bytes=0-1               ; max-age=60 ; Serve ; FRESH",
        "61 ; no  ; range: bytes=0-1               ; max-age=60 | etag: \"a\" ; Validate ; STALE",
        "61 ; no  ; range: bytes=0-1               ; max-age=60 ; Pass ; RANGE",
      })
  void rule(
      long seconds,
      String honours,
      @Nullable String request,
      String stored,
      String type,
      Reason why) {
    Decision decision =
        Reuse.decide(
            get(fields(request == null ? "" : request)),
            stored(fields("cache-control: " + stored)),
            honours.equals("yes") ? HONOR : CachingPolicy.DEFAULT,
            NOW + seconds * 1000);
    assertThat(decision.getClass().getSimpleName() + " " + decision.reason())
        .isEqualTo(type + " " + why);
  }

  @Test
  void ageAndFreshnessLeftAreInWholeSeconds() {
    StoredResponse entry = stored("cache-control", "max-age=60", "age", "10");
    Decision decision = Reuse.decide(get(), entry, CachingPolicy.DEFAULT, NOW + 1_999);
    assertThat(decision).isEqualTo(new Decision.Serve(Reason.FRESH, Plain.WHOLE, 11, 48));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET ; ; ",
        "HEAD ; ; ",
        "POST ; ; METHOD",
        "get ; ; METHOD",
        "POST ; if-modified-since: Sun, 22 Nov 2026 11:00:00 GMT ; METHOD",
        "OPTIONS ; if-none-match: * ; METHOD",
        "GET ; if-match: * ; PRECONDITION",
        "GET ; if-unmodified-since: Sun, 22 Nov 2026 11:00:00 GMT ; PRECONDITION",
        "GET ; if-none-match: * ; ",
        "GET ; range: bytes=0-1 ; ",
      })
  void beforeLookup(String method, @Nullable String fields, @Nullable Reason bypass) {
    RequestView request = request(method, fields(fields == null ? "" : fields));
    if (bypass == null) {
      assertThat(Reuse.beforeLookup(request)).isEmpty();
    } else {
      assertThat(Reuse.beforeLookup(request)).contains(new Pass(bypass, bypass));
    }
  }

  @Test
  void aGetWithContentIsNotLookedUp() {
    RequestView fat = new RequestView("GET", Messages.TARGET, FieldList.EMPTY, true);
    assertThat(Reuse.beforeLookup(fat))
        .contains(new Pass(Reason.REQUEST_CONTENT, Reason.REQUEST_CONTENT));
  }

  @Test
  void nobodyWaitsForWhatIsNotStored() {
    assertThat(Reuse.miss(get(), Reason.NOTHING_FOUND))
        .isEqualTo(new Decision.Forward(Reason.NOTHING_FOUND));
    assertThat(Reuse.miss(request("HEAD"), Reason.NOTHING_FOUND))
        .isEqualTo(new Pass(Reason.NOTHING_FOUND, Reason.HEAD));
    assertThat(Reuse.miss(get("cache-control", "no-store"), Reason.PURGED))
        .isEqualTo(new Pass(Reason.PURGED, Reason.REQUEST_NO_STORE));
    assertThat(Reuse.miss(get("range", "bytes=0-1"), Reason.NOTHING_FOUND))
        .isEqualTo(new Pass(Reason.RANGE, Reason.RANGE));
    assertThat(Reuse.miss(get("cache-control", "only-if-cached"), Reason.NOTHING_FOUND))
        .isEqualTo(new Decision.Refuse(Reason.ONLY_IF_CACHED, 504));
  }

  @Test
  void aHeadIsAnsweredByWhatAGetStored() {
    assertThat(
            Reuse.decide(
                request("HEAD"), stored("cache-control", "max-age=60"), CachingPolicy.DEFAULT, NOW))
        .isInstanceOf(Decision.Serve.class);
  }

  @Test
  void theConditionsAreTheEntrys() {
    StoredResponse entry =
        stored(
            "cache-control", "no-cache",
            "etag", "W/\"a\"",
            "last-modified", "Sun, 22 Nov 2026 11:00:00 GMT");
    assertThat(Reuse.decide(get("if-none-match", "\"b\""), entry, CachingPolicy.DEFAULT, NOW))
        .isEqualTo(
            new Decision.Validate(
                Reason.NO_CACHE,
                FieldList.of(
                    "if-none-match", "W/\"a\"",
                    "if-modified-since", "Sun, 22 Nov 2026 11:00:00 GMT")));
  }

  @Test
  void aDateAloneIsACondition() {
    String modified = "Sun, 22 Nov 2026 11:00:00 GMT";
    StoredResponse entry = stored("cache-control", "no-cache", "last-modified", modified);
    assertThat(Reuse.decide(get(), entry, CachingPolicy.DEFAULT, NOW))
        .isEqualTo(
            new Decision.Validate(Reason.NO_CACHE, FieldList.of("if-modified-since", modified)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "if-none-match: \"a\" ; etag: \"a\" ; NOT_MODIFIED",
        "if-none-match: W/\"a\" ; etag: \"a\" ; NOT_MODIFIED",
        "if-none-match: \"a\" ; etag: W/\"a\" ; NOT_MODIFIED",
        "if-none-match: \"b\", \"a\" ; etag: \"a\" ; NOT_MODIFIED",
        "if-none-match: \"b,\\\"a\\\"\" ; etag: \"a\" ; WHOLE",
        "if-none-match: \"b\" | if-none-match: \"a\" ; etag: \"a\" ; NOT_MODIFIED",
        "if-none-match: * ; x: y ; NOT_MODIFIED",
        "if-none-match: a ; etag: \"a\" ; WHOLE",
        "if-none-match: \"b\" ; etag: \"a\" ; WHOLE",
        "if-none-match: \"b\" ; x: y ; WHOLE",
        "if-modified-since: Sun, 22 Nov 2026 11:00:00 GMT ; last-modified: Sun, 22 Nov 2026"
            + " 11:00:00 GMT ; NOT_MODIFIED",
        "if-modified-since: Sun, 22 Nov 2026 10:59:59 GMT ; last-modified: Sun, 22 Nov 2026"
            + " 11:00:00 GMT ; WHOLE",
        "if-modified-since: junk ; last-modified: Sun, 22 Nov 2026 11:00:00 GMT ; WHOLE",
        "if-modified-since: Sun, 22 Nov 2026 12:00:00 GMT ; x: y ; NOT_MODIFIED",
        "if-modified-since: Sun, 22 Nov 2026 11:59:59 GMT ; x: y ; WHOLE",
        // If-None-Match alone counts where both are.
        "if-none-match: \"b\" | if-modified-since: Sun, 22 Nov 2026 12:00:00 GMT ; etag: \"a\" ;"
            + " WHOLE",
      })
  void conditionsOfTheClient(String request, String stored, Plain form) {
    StoredResponse entry = stored(fields("cache-control: max-age=60 | " + stored));
    Decision decision = Reuse.decide(get(fields(request)), entry, CachingPolicy.DEFAULT, NOW);
    assertThat(((Decision.Serve) decision).form()).isEqualTo(form);
  }

  @Test
  void onlyA200HasConditions() {
    StoredResponse entry = stored(404, get(), "cache-control", "max-age=60", "etag", "\"a\"");
    Decision decision =
        Reuse.decide(get("if-none-match", "\"a\""), entry, CachingPolicy.DEFAULT, NOW);
    assertThat(((Decision.Serve) decision).form()).isEqualTo(Plain.WHOLE);
  }

  @Test
  void a304HasNoMetadataOfContent() {
    assertThat(
            Preconditions.notModified(
                    FieldList.of(
                        "etag", "\"a\"",
                        "last-modified", "x",
                        "content-type", "x",
                        "content-location", "/x",
                        "vary", "x",
                        "date", "x",
                        "cache-control", "x",
                        "expires", "x",
                        "access-control-allow-origin", "*",
                        "content-language", "de",
                        "content-length", "5",
                        "content-range", "x",
                        "content-encoding", "gzip"))
                .names())
        .containsExactly(
            "etag",
            "content-location",
            "vary",
            "date",
            "cache-control",
            "expires",
            "access-control-allow-origin");
    assertThat(Preconditions.notModified(FieldList.of("last-modified", "x", "date", "x")).names())
        .containsExactly("last-modified", "date");
  }
}
