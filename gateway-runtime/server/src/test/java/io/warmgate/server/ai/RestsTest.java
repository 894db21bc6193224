package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.chat.ErrorKind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestsTest {
  private long now = 17;
  private final Rests rests = new Rests(() -> now);

  @ParameterizedTest
  @CsvSource({
    "1, SERVER, , 0",
    "2, TIMEOUT, , 0",
    "3, SERVER, , 1",
    "4, UNREADABLE, , 2",
    "8, SERVER, , 32",
    "9, SERVER, , 60",
    "1000, SERVER, , 60",
    "1, RATE_LIMITED, , 1",
    "1, RATE_LIMITED, 0, 1",
    "1, RATE_LIMITED, 20, 20",
    "1, OVERLOADED, 3600, 60",
    "3, SERVER, 20, 1",
  })
  void itRestsForAsLongAsItsFailuresSay(int failures, ErrorKind kind, Long after, long seconds) {
    assertThat(Rests.seconds(failures, kind, after)).isEqualTo(seconds);
  }

  @Test
  void afterItsRestItIsAskedAgainAndAnAnswerForgivesAll() {
    rests.failed("m", ErrorKind.RATE_LIMITED, 20L);
    assertThat(rests.rests("m")).isTrue();
    assertThat(rests.rests("other")).isFalse();
    now += TimeUnit.SECONDS.toNanos(20);
    assertThat(rests.rests("m")).isFalse();
    rests.failed("m", ErrorKind.SERVER, null);
    rests.failed("m", ErrorKind.SERVER, null);
    assertThat(rests.rests("m")).isTrue();
    rests.answered("m");
    assertThat(rests.rests("m")).isFalse();
    rests.failed("m", ErrorKind.SERVER, null);
    assertThat(rests.rests("m")).isFalse();
  }
}
