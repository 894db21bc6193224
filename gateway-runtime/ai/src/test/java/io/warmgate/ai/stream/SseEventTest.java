package io.warmgate.ai.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SseEventTest {

  @ParameterizedTest
  @CsvSource({
    "'', a, 'data: a|^|^'",
    "x, a, 'event: x|^data: a|^|^'",
    "'', '', '|^'",
    "x, 'a|^b', 'event: x|^data: a|^data: b|^|^'",
    "'', 'a|^^b', 'data: a|^data: |^data: b|^|^'",
    "'', 'a|rb', 'data: a|^data: b|^|^'",
  })
  void eachLineOfItsDataIsALineOfItsFrame(String name, String data, String frame) {
    assertThat(new SseEvent(name, lines(data)).frame()).isEqualTo(lines(frame));
  }

  private static String lines(String text) {
    return text.replace("|r", "\r").replace("|", "").replace('^', '\n');
  }
}
