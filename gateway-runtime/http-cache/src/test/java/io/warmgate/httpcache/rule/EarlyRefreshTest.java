package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.NOW;
import static io.warmgate.httpcache.Messages.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Validity;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyRefreshTest {
  private static Validity entry(long fetchMillis) {
    return new Validity(NOW - fetchMillis, NOW, 0, 60_000, StaleWindows.NONE, Set.of());
  }

  @ParameterizedTest
  @CsvSource({
    // fetch took, left, random, due: e^-1 is 0.3678
    "1000, 1000, 0.367, true",
    "1000, 1000, 0.369, false",
    "1000, 2000, 0.367, false",
    "2000, 2000, 0.367, true",
    "0, 60000, 0.000001, false",
    "1000, 60000, 1, false",
    "1000, 0, 1, true",
  })
  void due(long fetchMillis, long left, double random, boolean due) {
    assertThat(EarlyRefresh.isDue(get(), entry(fetchMillis), random, NOW + 60_000 - left))
        .isEqualTo(due);
  }

  @Test
  void aRequestWhoseAnswerMayNotBeStoredRefreshesNothing() {
    assertThat(EarlyRefresh.isDue(get("cache-control", "no-store"), entry(1_000), 1, NOW + 60_000))
        .isFalse();
  }

  /** A millisecond between two requests, a fetch of 300: about one of them refreshes early. */
  @Test
  void aHotEntryIsRefreshedAboutOnceBeforeItIsStale() {
    Random random = new Random(7);
    int first = 0;
    for (int run = 0; run < 200; run++) {
      for (long now = NOW; now < NOW + 60_000; now++) {
        if (EarlyRefresh.isDue(get(), entry(300), 1 - random.nextDouble(), now)) {
          first++;
          assertThat(NOW + 60_000 - now).as("how early").isLessThan(10_000);
          break;
        }
      }
    }
    assertThat(first).as("runs in which it never was stale").isEqualTo(200);
  }
}
