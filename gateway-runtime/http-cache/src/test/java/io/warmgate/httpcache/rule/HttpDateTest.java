package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.DATE;
import static io.warmgate.httpcache.Messages.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "sun, 06 nov 1994 08:49:37 gmt",
        "SUNDAY, 06-NOV-94 08:49:37 GMT",
      })
  void allThreeFormatsInAnyCase(String date) {
    assertThat(HttpDate.parse(date, NOW)).hasValue(784_111_777_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        ",",
        "Sun,",
        "Sunday, ",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 AEST",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08.49.37 GMT",
        "Sun, 06  Nov 1994 08:49:37 GMT",
        "Sun 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Xyz, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 Nov -994 08:49:37 GMT",
        "Sun, ٠٦ Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sunday, 06/Nov-94 08:49:37 GMT",
        "Sunday, 06-Nov/94 08:49:37 GMT",
        "Sunday, 06-Nov-94T08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 UTC",
        "Sunday,_06-Nov-94 08:49:37 GMT",
        "Funday, 06-Nov-94 08:49:37 GMT",
        "Sun-Nov  6 08:49:37 1994",
        "Sun Nov- 6 08:49:37 1994",
        "Sun Nov  6-08:49:37 1994",
        "Sun Nov  6 08:49:37-1994",
        "Xyz Nov  6 08:49:37 1994",
      })
  void anythingElseIsNoDate(String date) {
    assertThat(HttpDate.parse(date, NOW)).isEmpty();
  }

  @Test
  void aLeapSecondIsTheOneBeforeIt() {
    assertThat(HttpDate.parse("Sat, 31 Dec 2016 23:59:60 GMT", NOW))
        .isEqualTo(HttpDate.parse("Sat, 31 Dec 2016 23:59:59 GMT", NOW))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sunday, 22-Nov-76 12:00:00 GMT | Sun, 22 Nov 2076 12:00:00 GMT",
        "Monday, 22-Nov-76 12:00:01 GMT | Mon, 22 Nov 1976 12:00:01 GMT",
        "Sunday, 01-Jan-77 00:00:00 GMT | Sat, 01 Jan 1977 00:00:00 GMT",
        "Sunday, 01-Jan-00 00:00:00 GMT | Sat, 01 Jan 2000 00:00:00 GMT",
      })
  void twoDigitYearsAreAtMostFiftyYearsAhead(String date, String meant) {
    long millis = HttpDate.parse(date, NOW).orElseThrow();
    assertThat(HttpDate.format(millis)).isEqualTo(meant);
  }

  @Test
  void writtenDatesAreReadBack() {
    assertThat(HttpDate.format(NOW)).isEqualTo(DATE);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      long millis = random.nextLong(0, 253_402_300_800L) * 1000;
      assertThat(HttpDate.parse(HttpDate.format(millis), NOW)).as("seed %d", seed).hasValue(millis);
    }
  }
}
