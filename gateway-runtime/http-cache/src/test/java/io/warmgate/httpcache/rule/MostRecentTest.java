package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MostRecentTest {
  private static StoredResponse received(long seconds, String date) {
    Validity validity =
        new Validity(NOW, NOW + seconds * 1000, 0, 60_000, StaleWindows.NONE, Set.of());
    return entry(validity, "date", date.equals("-") ? "junk" : "Sun, 22 Nov 2026 " + date + " GMT");
  }

  @ParameterizedTest
  @CsvSource({
    // received, its Date; the other's; which is used
    "5, 12:00:00, 0, 12:00:01, other",
    "0, 12:00:01, 5, 12:00:00, one",
    "5, 12:00:00, 0, 12:00:00, one",
    "0, 12:00:00, 5, 12:00:00, other",
    "0, 12:00:00, 0, 12:00:00, other",
    "9, -, 0, 12:00:05, one",
    "4, -, 0, 12:00:05, other",
    "1, -, 2, -, other",
  })
  void byDateThenByWhenItCame(
      long seconds, String date, long otherSeconds, String otherDate, String used) {
    assertThat(
            MostRecent.isLater(received(seconds, date), received(otherSeconds, otherDate))
                ? "one"
                : "other")
        .isEqualTo(used);
  }
}
