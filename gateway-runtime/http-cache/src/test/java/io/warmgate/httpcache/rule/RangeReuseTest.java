package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.fields;
import static io.warmgate.httpcache.Messages.get;
import static io.warmgate.httpcache.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.Decision.Pass;
import io.warmgate.httpcache.Decision.Refuse;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Messages;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.PartialResponse;
import io.warmgate.httpcache.entry.Piece;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.rule.RangeDecision.Answer;
import io.warmgate.httpcache.rule.RangeDecision.Ask;
import io.warmgate.httpcache.rule.RangeDecision.Otherwise;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of an entry with the tag "a" that has the bytes 2 to 4 and 7 of ten, fresh for a minute. */
class RangeReuseTest {
  static final CachingPolicy HONOR =
      new CachingPolicy(null, null, StaleWindows.NONE, ClientDirectives.HONOR, Set.of());

  private static PartialResponse entry(String... fields) {
    StoredResponse head = Messages.stored(fields);
    return new PartialResponse(
        head.fields(),
        10,
        List.of(new Piece(2, Bytes.of(new byte[3])), new Piece(7, Bytes.of(new byte[1]))),
        head.validity(),
        head.provenance());
  }

  private static final PartialResponse ENTRY =
      entry("cache-control", "max-age=60, stale-if-error=60", "etag", "\"a\"");

  private static String text(RangeDecision decision) {
    return switch (decision) {
      case Answer answer ->
          answer.serve().form() instanceof Part(long first, long last)
              ? first + "-" + last + " " + answer.reason()
              : answer.serve().form() + " " + answer.reason();
      case Ask ask -> fields(ask) + " " + ask.reason();
      case Otherwise(Pass(Reason reason, Reason notStored)) -> "pass " + reason + " " + notStored;
      case Otherwise(Refuse refuse) -> "refuse " + refuse.status();
      case Otherwise other -> throw new AssertionError(other);
    };
  }

  private static String fields(Ask ask) {
    StringBuilder text = new StringBuilder(ask.getClass().getSimpleName());
    ask.fields().forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        // Wholly within what is stored.
        "range: bytes=2-4 ; 2-4 FRESH",
        "range: bytes=3-3 ; 3-3 FRESH",
        "range: bytes=7-7 ; 7-7 FRESH",
        "range: bytes=2-3,4-4 ; 2-4 FRESH",
        "range: bytes=2-4 | if-range: \"a\" ; 2-4 FRESH",
        // What the client has, and what is not there of the whole.
        "range: bytes=2-9 | if-none-match: \"a\" ; NOT_MODIFIED FRESH",
        "range: bytes=10- ; UNSATISFIABLE FRESH",
        // Some of it: the rest, where that is one range.
        "range: bytes=0-4 ; AskRest range=bytes=0-1 if-range=\"a\" PARTLY_STORED",
        "range: bytes=3-6 ; AskRest range=bytes=5-6 if-range=\"a\" PARTLY_STORED",
        "range: bytes=2-7 ; AskRest range=bytes=5-6 if-range=\"a\" PARTLY_STORED",
        "range: bytes=7- ; AskRest range=bytes=8-9 if-range=\"a\" PARTLY_STORED",
        "range: bytes=-3 ; AskRest range=bytes=8-9 if-range=\"a\" PARTLY_STORED",
        // Else all.
        "range: bytes=0-7 ; AskAll range=bytes=0-7 PARTLY_STORED",
        "range: bytes=0- ; AskAll range=bytes=0- PARTLY_STORED",
        "range: bytes=0-1 ; AskAll range=bytes=0-1 PARTLY_STORED",
        "range: BYTES= 8-99 ; AskAll range=bytes=8-99 PARTLY_STORED",
        // None for an incomplete entry.
        "range: bytes=0-0,9-9 ; pass RANGE RANGE",
        "range: bytes=2-4 | if-range: \"b\" ; pass RANGE RANGE",
        "range: bytes=2-4 | if-range: W/\"a\" ; pass RANGE RANGE",
        "range: lines=2-4 ; pass RANGE RANGE",
        "range: bytes=4-2 ; pass RANGE RANGE",
        // Directives of the client.
        "range: bytes=2-4 | cache-control: no-store ; 2-4 FRESH",
        "range: bytes=2-4 | cache-control: only-if-cached ; 2-4 FRESH",
        "range: bytes=2-5 | cache-control: no-store ; pass PARTLY_STORED REQUEST_NO_STORE",
        "range: bytes=2-5 | cache-control: only-if-cached ; refuse 504",
      })
  void fresh(String request, String decision) {
    assertThat(text(decide(get(Messages.fields(request)), ENTRY, NOW))).isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "range: bytes=2-4 ; AskWhether range=bytes=2-4 if-none-match=\"a\" STALE",
        "range: bytes=2-5 ; AskRest range=bytes=5-5 if-range=\"a\" STALE",
        "range: bytes=0- ; AskAll range=bytes=0- STALE",
        "range: bytes=10- ; AskAll range=bytes=10- STALE",
        "range: bytes=2-4 | if-range: \"b\" ; AskAll range=bytes=2-4 STALE",
        "range: bytes=0-0,9-9 ; pass RANGE RANGE",
        "range: bytes=2-4 | cache-control: only-if-cached ; refuse 504",
      })
  void stale(String request, String decision) {
    RangeDecision decided = decide(get(Messages.fields(request)), ENTRY, NOW + 61_000);
    assertThat(text(decided)).isEqualTo(decision);
  }

  @Test
  void whatMustBeValidatedIs() {
    PartialResponse unsure = entry("cache-control", "no-cache", "etag", "\"a\"");
    assertThat(text(decide(get("range", "bytes=2-4"), unsure, NOW)))
        .isEqualTo("AskWhether range=bytes=2-4 if-none-match=\"a\" NO_CACHE");
    RequestView insisting = get("range", "bytes=2-4", "cache-control", "no-cache");
    assertThat(text(RangeReuse.decide(insisting, ENTRY, Reason.NOTHING_FOUND, HONOR, NOW)))
        .isEqualTo("AskWhether range=bytes=2-4 if-none-match=\"a\" REQUEST_NO_CACHE");
  }

  @Test
  void whereNothingIsStoredTheRangeIsAskedFor() {
    assertThat(text(decide(get("range", "bytes=5-"), null, NOW)))
        .isEqualTo("AskAll range=bytes=5- NOTHING_FOUND");
    assertThat(text(decide(get("range", "bytes=0-1,5-"), null, NOW))).isEqualTo("pass RANGE RANGE");
  }

  @Test
  void onlyRequestsForRangesAreConcerned() {
    assertThat(RangeReuse.concerns(get("range", "bytes=2-4"))).isTrue();
    assertThat(RangeReuse.concerns(get())).isFalse();
    assertThat(RangeReuse.concerns(request("HEAD", "range", "bytes=2-4"))).isFalse();
  }

  @Test
  void whereNothingMayBeStoredNothingIsAskedForToBeKept() {
    assertThat(text(RangeReuse.withoutStoring(decide(get("range", "bytes=2-5"), ENTRY, NOW))))
        .isEqualTo("pass PARTLY_STORED UNSTORED");
    assertThat(text(RangeReuse.withoutStoring(decide(get("range", "bytes=2-4"), ENTRY, NOW))))
        .isEqualTo("2-4 FRESH");
  }

  @Test
  void aStalePartStandsInForAnErrorWhereItIsAllThere() {
    long later = NOW + 61_000;
    assertThat(afterError("bytes=2-4", 500, later)).isTrue();
    assertThat(afterError("bytes=2-5", 500, later)).isFalse();
    assertThat(afterError("bytes=2-4", 404, later)).isFalse();
    assertThat(afterError("bytes=2-4", 500, NOW + 121_000)).isFalse();
  }

  private static boolean afterError(String range, int status, long now) {
    return RangeReuse.afterError(
            get("range", range), ENTRY, OptionalInt.of(status), CachingPolicy.DEFAULT, now)
        .isPresent();
  }

  @Test
  void anotherRepresentationsPartIsNotForTheClient() {
    FieldList fields = FieldList.of("etag", "\"b\"");
    assertThat(RangeReuse.isFor(get("range", "bytes=2-4", "if-range", "\"a\""), fields, NOW))
        .isFalse();
    assertThat(RangeReuse.isFor(get("range", "bytes=2-4", "if-range", "\"b\""), fields, NOW))
        .isTrue();
    assertThat(RangeReuse.isFor(get("range", "bytes=2-4"), fields, NOW)).isTrue();
  }

  private static RangeDecision decide(
      RequestView request, @org.jspecify.annotations.Nullable PartialResponse entry, long now) {
    return RangeReuse.decide(request, entry, Reason.NOTHING_FOUND, CachingPolicy.DEFAULT, now);
  }
}
