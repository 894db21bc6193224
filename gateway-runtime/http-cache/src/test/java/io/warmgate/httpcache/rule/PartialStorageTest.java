package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.fields;
import static io.warmgate.httpcache.Messages.get;
import static io.warmgate.httpcache.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.Decision.Part;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Messages;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.rule.PartialStorage.NotStorable;
import io.warmgate.httpcache.rule.PartialStorage.Storable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialStorageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "etag: \"a\" | content-range: bytes 0-4/9 ; 0-4/9",
        "etag: \"a\" | content-range: Bytes 8-8/9 | content-length: 1 ; 8-8/9",
        "etag: \"a\" | content-range: bytes 0-8/9 ; 0-8/9",
        // Not known to be of one representation.
        "content-range: bytes 0-4/9 ; NO_STRONG_TAG",
        "etag: W/\"a\" | content-range: bytes 0-4/9 ; NO_STRONG_TAG",
        "etag: a | content-range: bytes 0-4/9 ; NO_STRONG_TAG",
        "etag: \"a\" | etag: \"b\" | content-range: bytes 0-4/9 ; NO_STRONG_TAG",
        "last-modified: Sun, 22 Nov 2026 11:00:00 GMT | content-range: bytes 0-4/9 ; NO_STRONG_TAG",
        // Not known to be which part.
        "etag: \"a\" ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes 0-4/* ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes */9 ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes 4-0/9 ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes 0-9/9 ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes 0-4/9, bytes 5-8/9 ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes 0-4/9 | content-range: bytes 5-8/9 ; UNKNOWN_PART",
        "etag: \"a\" | content-range: lines 0-4/9 ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes 0-x/9 ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes -4/9 ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes 0/9-4 ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes 0-4/9 | content-length: 4 ; UNKNOWN_PART",
        "etag: \"a\" | content-range: bytes 0-4/9 | content-length: x ; UNKNOWN_PART",
        // Several parts, whatever else is said.
        "etag: \"a\" | content-type: multipart/byteranges ; SEVERAL_PARTS",
        "etag: \"a\" | content-range: bytes 0-4/9 | content-type: Multipart/ByteRanges ;"
            + " SEVERAL_PARTS",
      })
  void rule(String response, String judged) {
    String text =
        switch (PartialStorage.judge(response(206, fields(response)))) {
          case NotStorable(Reason why) -> why.name();
          case Storable(ContentRange(Part(long first, long last), long length), ResponseView _) ->
              first + "-" + last + "/" + length;
        };
    assertThat(text).isEqualTo(judged);
  }

  /** Everything that keeps a 200 from being stored keeps its parts from it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "x: y ; cache-control: max-age=60 ; EXPLICIT",
        "x: y ; x: y ; FOR_VALIDATION",
        "x: y ; cache-control: no-store ; NO_STORE",
        "x: y ; cache-control: private, max-age=60 ; PRIVATE",
        "x: y ; cache-control: max-age=60 | set-cookie: a=b ; SET_COOKIE",
        "x: y ; cache-control: max-age=60 | vary: * ; VARY_ANY",
        "authorization: b ; cache-control: max-age=60 ; AUTHORIZATION",
        "authorization: b ; cache-control: max-age=60, public ; EXPLICIT",
        "cache-control: no-store ; cache-control: max-age=60 ; REQUEST_NO_STORE",
      })
  void itIsJudgedAsTheWhole(String request, String response, String reason) {
    ResponseView part =
        response(
            206,
            fields(response + " | etag: \"a\" | content-range: bytes 0-1/9 | content-length: 2"));
    RequestView asked = get(fields(request));
    Storable storable = (Storable) PartialStorage.judge(part);
    assertThat(
            Storage.decide(asked, storable.whole(), CachingPolicy.DEFAULT, Messages.NOW).reason())
        .isEqualTo(Reason.valueOf(reason));
  }

  @Test
  void theWholeHasNoFieldsOfThePart() {
    ResponseView part =
        response(206, "etag", "\"a\"", "content-range", "bytes 0-1/9", "content-length", "2");
    ResponseView whole = ((Storable) PartialStorage.judge(part)).whole();
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.fields()).isEqualTo(FieldList.of("etag", "\"a\""));
  }
}
