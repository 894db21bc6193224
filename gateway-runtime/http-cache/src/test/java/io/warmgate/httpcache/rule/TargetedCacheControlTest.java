package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.fields;
import static io.warmgate.httpcache.Messages.get;
import static io.warmgate.httpcache.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetedCacheControlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        // The first of the target list with a valid, non-empty value.
        "cdn-cache-control: max-age=60 | cache-control: no-store ; EXPLICIT",
        "cdn-cache-control: no-store | cache-control: max-age=60 ; NO_STORE",
        "warmgate-cache-control: max-age=60 | cdn-cache-control: no-store ; EXPLICIT",
        "warmgate-cache-control: private | cdn-cache-control: max-age=60 ; PRIVATE",
        "warmgate-cache-control: &&& | cdn-cache-control: max-age=60 ; EXPLICIT",
        "warmgate-cache-control: | cdn-cache-control: | cache-control: no-store ; NO_STORE",
        "cdn-cache-control: max-age=60, &&& | cache-control: no-store ; NO_STORE",
        "cdn-cache-control: Max-Age=60 | cache-control: no-store ; NO_STORE",
        "cdn-cache-control: max-age =60 | cache-control: no-store ; NO_STORE",
        "cdn-cache-control: no-store=?0 | cache-control: max-age=60 ; EXPLICIT",
        // Beside it neither Cache-Control nor Expires counts.
        "cdn-cache-control: public | cache-control: max-age=60 | etag: \"a\" ; FOR_VALIDATION",
        "cdn-cache-control: public | expires: Sun, 22 Nov 2026 12:01:00 GMT ; EXPIRED",
        "cdn-cache-control: max-age=0 | expires: Sun, 22 Nov 2026 12:01:00 GMT ; EXPIRED",
        "cdn-cache-control: unknown | cache-control: max-age=60 ; EXPIRED",
        // A value of a wrong type is none to be fresh by.
        "cdn-cache-control: max-age=\"60\" | cache-control: max-age=60 ; EXPIRED",
        "cdn-cache-control: max-age=60.0 | cache-control: max-age=60 ; EXPIRED",
        "cdn-cache-control: max-age | cache-control: max-age=60 ; EXPIRED",
        "cdn-cache-control: max-age=(1 2) | cache-control: max-age=60 ; EXPIRED",
        "cdn-cache-control: max-age=-1 | cache-control: max-age=60 ; EXPIRED",
        "cdn-cache-control: private=(1) ; PRIVATE",
        "cdn-cache-control: private=x, max-age=60 ; EXPLICIT",
        "cdn-cache-control: no-cache=x, max-age=60 ; EXPLICIT",
        "cdn-cache-control: max-age=x ; EXPIRED",
        // Names that only look like it.
        "other-cache-control: no-store | cache-control: max-age=60 ; EXPLICIT",
        "other-cache-control: max-age=60 | cache-control: no-store ; NO_STORE",
        "cdn-cache-control: no-cache, max-age=60 | etag: \"a\" ; FOR_VALIDATION",
        "cdn-cache-control: private=\"x\", max-age=60 ; EXPLICIT",
      })
  void rule(String response, Reason reason) {
    assertThat(
            Storage.decide(
                    get(), response(200, fieldsWithEmpty(response)), CachingPolicy.DEFAULT, NOW)
                .reason())
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "max-age=60 ; []",
        "max-age=60, must-revalidate ; [MUST_REVALIDATE]",
        "max-age=60, proxy-revalidate ; [MUST_REVALIDATE]",
        "s-maxage=60 ; [MUST_REVALIDATE]",
        "max-age=60, stale-while-revalidate=5 ; []",
      })
  void theyBindAsInCacheControl(String directives, String constraints) {
    StoreDecision.Keep keep =
        (StoreDecision.Keep)
            Storage.decide(
                get(), response(200, "cdn-cache-control", directives), CachingPolicy.DEFAULT, NOW);
    assertThat(keep.validity().constraints()).hasToString(constraints);
    assertThat(keep.validity().lifetimeMillis()).isEqualTo(60_000);
    assertThat(keep.validity().stale().whileRevalidateMillis())
        .isEqualTo(directives.contains("stale") ? 5_000L : null);
  }

  @Test
  void parametersSayNothing() {
    assertThat(
            TargetedCacheControl.of(FieldList.of("cdn-cache-control", "max-age=60;p=1")).maxAge())
        .isEqualTo(60);
  }

  private static String[] fieldsWithEmpty(String text) {
    return fields(text.replace(": |", ":  |"));
  }

  @ParameterizedTest
  @CsvSource({"x-mine, false", "x-kept, true"})
  void namedFieldsAreNotStored(String name, boolean stored) {
    StoreDecision.Keep keep =
        (StoreDecision.Keep)
            Storage.decide(
                get(),
                response(
                    200,
                    "cdn-cache-control",
                    "max-age=60, private=\"x-mine\"",
                    "cache-control",
                    "private=\"x-kept\"",
                    "x-mine",
                    "1",
                    "x-kept",
                    "1"),
                CachingPolicy.DEFAULT,
                NOW);
    assertThat(keep.fields().contains(name)).isEqualTo(stored);
    assertThat(TargetedCacheControl.of(FieldList.of("cdn-cache-control", "max-age=1")).field())
        .isEqualTo(CacheControl.Source.TARGETED);
  }
}
