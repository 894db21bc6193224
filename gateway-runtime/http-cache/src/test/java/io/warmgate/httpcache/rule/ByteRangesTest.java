package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.DATE;
import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.fields;
import static io.warmgate.httpcache.Messages.get;
import static io.warmgate.httpcache.Messages.request;
import static io.warmgate.httpcache.Messages.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.Decision.Plain;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.entry.StoredResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the entry's five bytes. */
class ByteRangesTest {
  private static final String MODIFIED = "Sun, 22 Nov 2026 11:00:00 GMT";

  private static Decision.Form form(RequestView request, StoredResponse entry) {
    return ((Decision.Serve) Reuse.decide(request, entry, CachingPolicy.DEFAULT, NOW)).form();
  }

  private static String text(Decision.Form form) {
    return switch (form) {
      case Plain plain -> plain.name();
      case Part(long first, long last) -> first + "-" + last;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "bytes=0-0 ; 0-0",
        "bytes=1-3 ; 1-3",
        "Bytes=1-3 ; 1-3",
        "bytes=2- ; 2-4",
        "bytes=0- ; 0-4",
        "bytes=3-99999999999999999999999999 ; 3-4",
        "bytes=-2 ; 3-4",
        "bytes=-99 ; 0-4",
        "bytes=-0 ; UNSATISFIABLE",
        "bytes=5- ; UNSATISFIABLE",
        "bytes=5-9 ; UNSATISFIABLE",
        "bytes=99999999999999999999999999- ; UNSATISFIABLE",
        // Several: one part where they join, else the whole.
        "bytes=0-1,2-3 ; 0-3",
        "bytes=2-3, 0-1 ; 0-3",
        "bytes=0-2,1-4 ; 0-4",
        "bytes=0-0,-1 ; WHOLE",
        "bytes=0-1,9-9 ; 0-1",
        "bytes=0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0 ; WHOLE",
        "bytes=0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0 ; 0-0",
        // Invalid: ignored.
        "bytes=3-1 ; WHOLE",
        "bytes=a-b ; WHOLE",
        "bytes=1 ; WHOLE",
        "bytes=- ; WHOLE",
        "bytes= ; WHOLE",
        "bytes=-1-2 ; WHOLE",
        "bytes=+1-2 ; WHOLE",
        "bytes=1-x ; WHOLE",
        "bytes 1-2 ; WHOLE",
        "lines=1-2 ; WHOLE",
      })
  void rule(String range, String form) {
    StoredResponse entry = stored("cache-control", "max-age=60", "etag", "\"a\"");
    assertThat(text(form(get("range", range), entry))).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "\"a\" ; etag: \"a\" ; 0-0",
        "\"b\" ; etag: \"a\" ; WHOLE",
        "W/\"a\" ; etag: W/\"a\" ; WHOLE",
        "\"a\" ; etag: W/\"a\" ; WHOLE",
        "\"a\" ; x: y ; WHOLE",
        MODIFIED + " ; last-modified: " + MODIFIED + " ; 0-0",
        "Sun, 22 Nov 2026 11:00:01 GMT ; last-modified: " + MODIFIED + " ; WHOLE",
        MODIFIED + " ; x: y ; WHOLE",
        // Modified within the second of its Date, or with a Date that says nothing: weak.
        MODIFIED + " ; last-modified: " + MODIFIED + " | date: " + MODIFIED + " ; WHOLE",
        MODIFIED + " ; last-modified: " + MODIFIED + " | date: x ; WHOLE",
        MODIFIED + ";last-modified: " + MODIFIED + " | date: Sun, 22 Nov 2026 11:00:01 GMT;0-0",
        "x ; last-modified: x ; WHOLE",
      })
  void aRangeIsOfTheRepresentationTheClientHas(String ifRange, String stored, String form) {
    StoredResponse entry = stored(fields("cache-control: max-age=86400 | " + stored));
    assertThat(text(form(get("range", "bytes=0-0", "if-range", ifRange), entry))).isEqualTo(form);
  }

  @Test
  void whatIsNoGetOfA200IsWhole() {
    StoredResponse entry = stored("cache-control", "max-age=60");
    assertThat(form(request("HEAD", "range", "bytes=0-0"), entry)).isEqualTo(Plain.WHOLE);
    StoredResponse gone = stored(404, get(), "cache-control", "max-age=60");
    assertThat(form(get("range", "bytes=0-0"), gone)).isEqualTo(Plain.WHOLE);
    assertThat(form(get("range", "bytes=0-0", "range", "bytes=1-1"), entry)).isEqualTo(Plain.WHOLE);
    assertThat(form(get("range", "bytes=0-0", "if-range", "x", "if-range", "x"), entry))
        .isEqualTo(Plain.WHOLE);
    assertThat(ByteRanges.form(get("range", "bytes=0-0").fields(), FieldList.EMPTY, 0, NOW))
        .isEqualTo(Plain.WHOLE);
  }

  @Test
  void positionsHaveAnyNumberOfDigits() {
    assertThat(ByteRanges.form(get("range", "bytes=10-123").fields(), FieldList.EMPTY, 1_000, NOW))
        .isEqualTo(new Part(10, 123));
  }

  @Test
  void conditionsComeFirst() {
    StoredResponse entry = stored("cache-control", "max-age=60", "etag", "\"a\"");
    assertThat(form(get("range", "bytes=9-", "if-none-match", "\"a\""), entry))
        .isEqualTo(Plain.NOT_MODIFIED);
  }

  @Test
  void theFieldsOfAPart() {
    String[] kept = {
      "date", DATE,
      "cache-control", "max-age=60",
      "etag", "\"a\"",
      "expires", DATE,
      "content-location", "/x",
      "vary", "accept"
    };
    FieldList.Builder stored = FieldList.builder();
    FieldList.of(kept).forEach(stored::add);
    stored.add("content-type", "text/plain").add("last-modified", MODIFIED);
    FieldList whole = stored.build();
    assertThat(ByteRanges.partial(FieldList.EMPTY, whole, new Part(1, 2), 5))
        .isEqualTo(stored.add("content-range", "bytes 1-2/5").build());
    FieldList.Builder fewer = FieldList.builder();
    FieldList.of(kept).forEach(fewer::add);
    FieldList ifRange = FieldList.of("if-range", "\"a\"");
    assertThat(ByteRanges.partial(ifRange, whole, new Part(1, 2), 5))
        .isEqualTo(fewer.add("content-range", "bytes 1-2/5").build());
    assertThat(ByteRanges.unsatisfiable(5)).isEqualTo(FieldList.of("content-range", "bytes */5"));
  }
}
