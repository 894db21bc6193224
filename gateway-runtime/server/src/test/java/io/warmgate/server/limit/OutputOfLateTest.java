package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputOfLateTest {
  private final OutputOfLate output = new OutputOfLate();

  @Test
  void whatNobodyKnowsIsGuessed() {
    assertThat(output.expected(null)).isEqualTo(OutputOfLate.UNKNOWN);
    assertThat(output.expected(100L)).isEqualTo(100);
    assertThat(output.expected(0L)).as("embeddings write nothing").isZero();
  }

  @Test
  void itIsTheAverageOfTheFirst() {
    output.wrote(10);
    assertThat(output.expected(null)).isEqualTo(10);
    output.wrote(21);
    assertThat(output.expected(null)).isEqualTo(16);
    assertThat(output.expected(12L)).as("no more than may be written").isEqualTo(12);
  }

  @Test
  void whatIsLongAgoIsForgotten() {
    output.wrote(1_000_000);
    for (int i = 0; i < 300; i++) {
      output.wrote(100);
    }
    assertThat(output.expected(null)).isEqualTo(101);
  }
}
