package io.warmgate.httpcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.httpcache.TtlRule.Mode;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TtlRuleTest {
  private static final TtlRule BOUNDED = new TtlRule(Mode.HONOR, Map.of(), null, null, 100_000L);

  @ParameterizedTest
  @CsvSource({
    // percent, key, lifetime, left
    "10, 0, 60000, 60000",
    "10, 100, 60000, 54000",
    "10, 101, 60000, 60000",
    "10, -1, 60000, 54000",
    "0, 12345, 60000, 60000",
    "100, 1000, 60000, 0",
    "10, 100, 1000000, 90000",
    "10, 100, -5, 0",
  })
  void jitter(int percent, long key, long lifetime, long left) {
    assertThat(BOUNDED.jittered(percent, key).bounded(lifetime)).isEqualTo(left);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Integer.MAX_VALUE, Long.MAX_VALUE / 2, Long.MAX_VALUE})
  void noLifetimeIsTooLongToBeShortened(long lifetime) {
    assertThat(TtlRule.NONE.jittered(10, 100).bounded(lifetime))
        .isBetween((long) (lifetime * 0.899), lifetime);
  }

  /** What was stored at once is stale at many times, spread evenly. */
  @Test
  void keysSpread() {
    Random random = new Random(3);
    long sum = 0;
    for (int i = 0; i < 10_000; i++) {
      long left = BOUNDED.jittered(20, random.nextLong()).bounded(100_000);
      assertThat(left).isBetween(80_000L, 100_000L);
      sum += left;
    }
    assertThat(sum / 10_000).isBetween(89_500L, 90_500L);
  }

  @Test
  void aNegativeLifetimeIsRefused() {
    assertThatThrownBy(() -> new TtlRule(Mode.HONOR, Map.of(200, -1L), null, null, null))
        .hasMessageContaining("byStatus 200 is negative");
  }
}
