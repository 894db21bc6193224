package io.warmgate.config.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmgate.config.Json;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

  private static Latencies of(long... micros) {
    TreeMap<Integer, Long> buckets = new TreeMap<>();
    Arrays.stream(micros).forEach(each -> buckets.merge(Latencies.bucket(each), 1L, Long::sum));
    return new Latencies(buckets);
  }

  /** Log-normal, as latencies are: a median of 20 ms, p99 about ten times that. */
  private static long[] sample(long seed) {
    Random random = new Random(seed);
    return random
        .doubles(20_000)
        .mapToLong(_ -> (long) (20_000 * Math.exp(random.nextGaussian())))
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9, 0.99, 0.999, 1})
  void aQuantileIsRightWithinASixteenth(double share) {
    for (long seed = 1; seed <= 20; seed++) {
      long[] micros = sample(seed);
      long estimated = of(micros).quantileMicros(share).orElseThrow();
      Arrays.sort(micros);
      double exact = micros[(int) Math.ceil(share * micros.length) - 1];
      assertThat(estimated / exact).as("seed " + seed).isCloseTo(1, within(1 / 16.0));
    }
  }

  @Test
  void podsAreAddedAndTheTimeBeforeIsTakenOff() {
    Latencies before = of(sample(1));
    Latencies after = before.plus(of(sample(2)));
    assertThat(after.minus(before)).isEqualTo(of(sample(2)));
    assertThat(after.count()).isEqualTo(40_000);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "63, 0",
    "64, 1",
    "71, 1",
    "72, 2",
    "127, 8",
    "128, 9",
    "1000, 32",
    "134217727, 168",
    "134217728, 168",
    "9223372036854775807, 168"
  })
  void whereADurationBelongs(long micros, int bucket) {
    assertThat(Latencies.bucket(micros)).isEqualTo(bucket);
    assertThat(Latencies.BUCKETS).isEqualTo(169);
  }

  @Test
  void theMiddleOfABucketIsInIt() {
    for (int bucket = 0; bucket < Latencies.BUCKETS; bucket++) {
      assertThat(Latencies.bucket(Latencies.middle(bucket))).isEqualTo(bucket);
    }
  }

  @Test
  void nothingHasNoQuantile() {
    assertThat(Latencies.NONE.quantileMicros(0.99)).isEmpty();
  }

  @Test
  void itIsSentSparse() {
    assertThat(
            new String(Json.write(of(1_000, 1_000, 70)), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"1\":1,\"32\":2}");
  }
}
