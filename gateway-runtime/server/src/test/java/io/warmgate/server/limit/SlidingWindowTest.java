package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingWindowTest {
  private static final long LENGTH = 1_000;

  /** A slice is 50 long: what is counted in one goes 1,050 after it began. */
  @ParameterizedTest
  @CsvSource({
    "0, 1049, 1",
    "0, 1050, 0",
    "49, 1049, 1",
    "49, 1050, 0",
    "50, 1099, 1",
    "50, 1100, 0"
  })
  void aCountGoesWithItsSlice(long countedAt, long now, long used) {
    SlidingWindow window = new SlidingWindow(LENGTH);
    window.add(countedAt, 1);
    assertThat(window.used(now)).isEqualTo(used);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1050", "49, 49, 1001", "0, 1000, 50", "0, 1050, 0"})
  void untilLess(long countedAt, long now, long until) {
    SlidingWindow window = new SlidingWindow(LENGTH);
    window.add(countedAt, 1);
    assertThat(window.untilLess(now)).isEqualTo(until);
  }

  @Test
  void nothingIsTakenBackThatIsNotThere() {
    SlidingWindow window = new SlidingWindow(LENGTH);
    window.add(0, 3);
    window.takeBack(100, 100, 5);
    assertThat(window.used(100)).isEqualTo(3);
    window.add(100, 2);
    window.takeBack(100, 100, 1);
    assertThat(window.used(100)).isEqualTo(4);
    window.takeBack(100, 0, 5);
    assertThat(window.used(100)).as("of where it was counted").isEqualTo(1);
    window.takeBack(100, 200, 1);
    window.takeBack(1_500, 100, 1);
    window.add(1_500, 1);
    assertThat(window.used(1_500)).as("that is over").isEqualTo(1);
  }

  @Test
  void timesMayBeBelowZero() {
    SlidingWindow window = new SlidingWindow(LENGTH);
    window.add(-2_000, 7);
    assertThat(window.used(-1_001)).isEqualTo(7);
    assertThat(window.used(-900)).isZero();
  }

  /** The promise: within any time as long as the window no more than the amount. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noWindowHasMoreThanTheAmount(long seed) {
    Random random = new Random(seed);
    long amount = 1L + random.nextInt(50);
    SlidingWindow window = new SlidingWindow(LENGTH);
    List<Long> admitted = new ArrayList<>();
    long now = random.nextInt(10_000);
    for (int i = 0; i < 5_000; i++) {
      now += random.nextInt(random.nextInt(20) == 0 ? 400 : 12);
      if (window.used(now) < amount) {
        window.add(now, 1);
        admitted.add(now);
      }
    }
    int from = 0;
    for (int to = 0; to < admitted.size(); to++) {
      while (admitted.get(to) - admitted.get(from) >= LENGTH) {
        from++;
      }
      assertThat(to - from + 1L)
          .as("seed %d, until %d", seed, admitted.get(to))
          .isLessThanOrEqualTo(amount);
    }
    assertThat(admitted.size()).as("who is below it is admitted").isGreaterThan((int) amount);
  }
}
