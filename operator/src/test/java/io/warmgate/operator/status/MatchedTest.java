package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmgate.config.admin.PurgeCount;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MatchedTest {
  private static PurgeCount count(long... ids) {
    return new PurgeCount(
        (long) ids.length,
        LongStream.of(ids).boxed().sorted(Long::compareUnsigned).limit(PurgeCount.KEPT).toList());
  }

  @Test
  void whatSeveralPodsHoldCountsOnce() {
    assertThat(Matched.distinct(List.of())).isZero();
    assertThat(Matched.distinct(List.of(count(1, 2, 3)))).isEqualTo(3);
    assertThat(Matched.distinct(List.of(count(1, 2, -3), count(), count(2, -3, 4)))).isEqualTo(4);
  }

  /** Each pod is exact, and together they have more than one could name. */
  @Test
  void manySmallCountsAreExact() {
    assertThat(
            Matched.distinct(
                List.of(
                    count(LongStream.range(0, 4_000).toArray()),
                    count(LongStream.range(2_000, 6_000).toArray()))))
        .isEqualTo(6_000);
  }

  @Test
  void manyAreEstimated() {
    long seed = new Random().nextLong();
    long[] ids = new Random(seed).longs(300_000).distinct().toArray();
    PurgeCount first = count(java.util.Arrays.copyOfRange(ids, 0, 200_000));
    PurgeCount second = count(java.util.Arrays.copyOfRange(ids, 100_000, 300_000));
    long matched = Matched.distinct(List.of(first, second, count(ids[7])));
    // Five standard errors.
    assertThat(matched).as("seed " + seed).isCloseTo(300_000L, within(24_000L));
    assertThat(Matched.distinct(List.of(first, first))).isBetween(200_000L, 216_000L);
  }
}
