package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.DATE;
import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Validity;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

  private static ResponseView response(String text) {
    return new ResponseView(200, FieldList.of(fields(text)), NOW - 2_000, NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cache-control: s-maxage=7, max-age=9 | expires: Sun, 22 Nov 2026 13:00:00 GMT ; 7",
        "cache-control: max-age=9 | expires: Sun, 22 Nov 2026 13:00:00 GMT ; 9",
        "cache-control: max-age=0 | expires: Sun, 22 Nov 2026 13:00:00 GMT ; 0",
        "cache-control: max-age=x | expires: Sun, 22 Nov 2026 13:00:00 GMT ; 0",
        "expires: Sun, 22 Nov 2026 12:01:00 GMT ; 60",
        "expires: Sun, 22 Nov 2026 12:01:00 GMT | date: Sun, 22 Nov 2026 11:59:30 GMT ; 90",
        "expires: Sun, 22 Nov 2026 12:01:00 GMT | date: junk ; 60",
        "expires: Sun, 22 Nov 2026 11:00:00 GMT ; 0",
        "expires: 0 ; 0",
        "expires: Sun, 22 Nov 2026 12:01:00 GMT | expires: 0 ; 0",
        "expires: Sun, 22 Nov 2026 12:02:00 GMT | expires: Sun, 22 Nov 2026 12:01:00 GMT ; 60",
      })
  void explicitLifetime(String text, long seconds) {
    ResponseView response = response(text);
    assertThat(
            Freshness.explicit(
                    response, CacheControl.response(response.fields()), CachingPolicy.DEFAULT)
                .orElseThrow()
                .millis())
        .isEqualTo(seconds * 1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "last-modified: Sun, 22 Nov 2026 11:50:00 GMT ; 60",
        "last-modified: Sun, 22 Nov 2026 12:00:01 GMT ; 0",
        "last-modified: Sun, 22 Nov 2006 12:00:00 GMT ; 86400",
      })
  void aTenthOfTheTimeSinceModificationAtMostADay(String text, long seconds) {
    assertThat(Freshness.guessed(response(text), CachingPolicy.DEFAULT).orElseThrow().millis())
        .isEqualTo(seconds * 1000);
  }

  @Test
  void nothingToGuessFrom() {
    assertThat(Freshness.guessed(response("last-modified: junk"), CachingPolicy.DEFAULT)).isEmpty();
    assertThat(Freshness.guessed(response(""), CachingPolicy.DEFAULT)).isEmpty();
  }

  @Test
  void freshUntilItsAgeIsItsLifetime() {
    Validity validity = new Validity(NOW, NOW, 1_000, 60_000, StaleWindows.NONE, Set.of());
    assertThat(Freshness.isFresh(validity, NOW + 58_999)).isTrue();
    assertThat(Freshness.isFresh(validity, NOW + 59_000)).isFalse();
    assertThat(Freshness.remaining(validity, NOW + 69_000)).isEqualTo(-10_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "date: " + DATE + " ; 2",
        "date: Sun, 22 Nov 2026 11:59:50 GMT ; 10",
        "date: Sun, 22 Nov 2026 12:59:50 GMT ; 2",
        "date: junk ; 2",
        "age: 5 ; 7",
        "age: 5, 100 ; 7",
        "age: 5 | age: 100 ; 7",
        "age: x ; 2",
        "age: -5 ; 2",
        "age: 5.5 ; 2",
        "age: 99999999999 ; 2147483650",
        "age: 5 | date: Sun, 22 Nov 2026 11:59:50 GMT ; 10",
      })
  void initialAge(String text, long seconds) {
    assertThat(Age.initial(response(text))).isEqualTo(seconds * 1000);
  }

  @Test
  void aClockThatWentBackMakesNothingYounger() {
    Validity validity = new Validity(NOW, NOW, 1_000, 60_000, StaleWindows.NONE, Set.of());
    assertThat(Age.current(validity, NOW - 500_000)).isEqualTo(1_000);
  }
}
