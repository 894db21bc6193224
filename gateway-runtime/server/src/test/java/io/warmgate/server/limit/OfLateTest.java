package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OfLateTest {
  private final OfLate output = new OfLate(OfLate.TOKENS);

  private void answered(long expected, long wrote) {
    output.was(wrote);
    output.ends(expected);
  }

  @Test
  void whatNobodyKnowsIsGuessed() {
    assertThat(output.expected(null)).isEqualTo(OfLate.TOKENS);
    assertThat(output.expected(100L)).isEqualTo(100);
    assertThat(output.expected(0L)).as("embeddings write nothing").isZero();
  }

  @Test
  void theGuessCountsAsTwoAnswers() {
    output.was(10);
    assertThat(output.expected(null)).isEqualTo(345); // (2 * 512 + 10) / 3
    output.was(20);
    assertThat(output.expected(null)).isEqualTo(264); // (2 * 512 + 10 + 20) / 4, rounded up
    assertThat(output.expected(12L)).as("no more than may be written").isEqualTo(12);
  }

  @Test
  void whatIsLongAgoIsForgotten() {
    output.was(1_000_000);
    for (int i = 0; i < 300; i++) {
      output.was(100);
    }
    assertThat(output.expected(null)).isEqualTo(101);
  }

  /** The first ten of fifty are short. */
  @Test
  void whoIsStillWritingKeepsItUp() {
    for (int i = 0; i < 50; i++) {
      output.begins(512);
    }
    for (int i = 0; i < 10; i++) {
      answered(512, 5);
    }
    assertThat(output.expected(null)).isEqualTo(415); // (42 * 512 + 10 * 5) / 52
    for (int i = 0; i < 40; i++) {
      answered(512, 200);
    }
    assertThat(output.expected(null)).isBetween(180L, 200L);
  }

  @Test
  void itFollowsHoweverManyAreUnderWay() {
    int atOnce = 500;
    for (int i = 0; i < atOnce; i++) {
      output.begins(512);
    }
    long[] expected = new long[atOnce];
    Arrays.fill(expected, 512);
    for (int generation = 0; generation < 4; generation++) {
      for (int i = 0; i < atOnce; i++) {
        answered(expected[i], 10);
        expected[i] = output.expected(null);
        output.begins(expected[i]);
      }
    }
    assertThat(output.expected(null)).isLessThan(40);
  }

  @Test
  void whatNothingCameOfIsForgotten() {
    output.begins(20);
    assertThat(output.expected(null)).isEqualTo(348);
    output.ends(20);
    assertThat(output.expected(null)).isEqualTo(OfLate.TOKENS);
  }
}
