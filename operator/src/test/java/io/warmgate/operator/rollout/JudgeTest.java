package io.warmgate.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.operator.rollout.RolloutSettings.Analysis;
import io.warmgate.operator.rollout.RolloutSettings.OnInconclusive;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final Analysis ASKED =
      new Analysis(Duration.ofSeconds(10), 1, 20, 80, OnInconclusive.PROMOTE, null);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          as good,                    1000, 10, 20000, 1000, 900,  1000, 10, 20000, 1000, 900, Good
          nothing measured,              0,  0,     0,    0,   0,  1000,  0, 20000, 1000, 900, Inconclusive
          too few,                      19, 19,  9000,    0,   0,  1000,  0, 20000, 1000, 900, Inconclusive
          two in a hundred fail,      1000, 20, 20000,    0,   0,  1000,  0, 20000, 1000, 900, Bad
          one in a hundred may,       1000, 10, 20000,    0,   0,  1000,  0, 20000, 1000, 900, Good
          before it was no better,    1000, 50, 20000,    0,   0,  1000, 50, 20000, 1000, 900, Good
          twice as slow,              1000,  0, 40000,    0,   0,  1000,  0, 20000, 1000, 900, Bad
          slower by what may be,      1000,  0, 28900,    0,   0,  1000,  0, 20000, 1000, 900, Good
          5 ms are no difference,     1000,  0,  6000,    0,   0,  1000,  0,  1000, 1000, 900, Good
          too few to be slow,           99,  0, 90000,    0,   0,  1000,  0, 20000, 1000, 900, Good
          nothing to compare,         1000,  0, 90000,    0,   0,    50,  0, 20000, 1000, 900, Good
          fewer hits,                 1000,  0, 20000, 1000, 700,  1000,  0, 20000, 1000, 900, Bad
          enough hits,                1000,  0, 20000, 1000, 720,  1000,  0, 20000, 1000, 900, Good
          """)
  void judges(
      String what,
      long exchanges,
      long errors,
      long p99,
      long requests,
      long hits,
      long exchangesBefore,
      long errorsBefore,
      long p99Before,
      long requestsBefore,
      long hitsBefore,
      String verdict) {
    Sample green = new Sample(exchanges, errors, OptionalLong.of(p99), requests, hits);
    Sample blue =
        new Sample(
            exchangesBefore, errorsBefore, OptionalLong.of(p99Before), requestsBefore, hitsBefore);
    assertThat(Judge.judge(ASKED, green, blue).getClass().getSimpleName())
        .as(what)
        .isEqualTo(verdict);
  }
}
