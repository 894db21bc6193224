package io.warmgate.server.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HearingTest {
  /** Of five answers, ten milliseconds, and a silence of a hundred. */
  private static final Lately LATELY = new Lately(5, 10, 100);

  private final Hearing hearing = new Hearing(LATELY);

  /**
   * @param heard each {@code millisecond:version}, or {@code millisecond:version*times}
   * @param at when it is asked, in milliseconds
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // too little
        "''                       | 1000 | ''",
        "0:a*4                    | 50   | ''",
        "0:a*9                    | 9    | ''",
        "0:a*5                    | 10   | a",
        "0:a*4 9:a                | 10   | a",
        // another one, before it is the only one: answers and time are both needed
        "0:a*5 20:b               | 20   | a b",
        "0:a*5 20:b*4             | 20   | b a",
        "0:a*5 20:b*5             | 20   | b",
        "0:a*5 10:a 15:b*9        | 19   | b a",
        "0:a*5 10:a 15:b*9        | 20   | b",
        "0:a*5 50:b               | 90   | a b",
        // the most frequent first, then by name
        "0:b 1:a 2:b 3:a 4:b      | 12   | b a",
        "0:b 1:a 2:b 3:a 9:c      | 12   | a b c",
        // it comes back
        "0:a*5 20:b*5 40:a*4      | 40   | a b",
        "0:a*5 20:b*5 40:a*5      | 40   | a",
        // what was long ago counts less
        "0:a*40 9:b*4 9:a 9:b*4 9:a 9:b | 12 | b a",
        // more than four
        "0:a*9 11:b 12:c 13:d     | 13   | a b c d",
        "0:a*9 11:b 12:c 13:d 14:e | 99  | ''",
        // silence
        "0:a*5                    | 99   | a",
        "0:a*5                    | 100  | ''",
        "0:a*5 100:b              | 120  | ''",
        "0:a*5 99:b               | 120  | a b",
        "0:a*5 100:b*5            | 110  | b",
      })
  void said(String heard, long at, String said) {
    for (String each : heard.split(" ")) {
      if (!each.isEmpty()) {
        String[] parts = each.split("[:*]");
        int times = parts.length == 3 ? Integer.parseInt(parts[2]) : 1;
        for (int i = 0; i < times; i++) {
          hearing.heard(parts[1], Long.parseLong(parts[0]));
        }
      }
    }
    assertThat(String.join(" ", hearing.said(at))).isEqualTo(said);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 8, 100_000})
  void whatTakesTurnsAmongManyIsNoVersion(int many) {
    Hearing usual = new Hearing(Lately.USUAL);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      usual.heard("v" + random.nextInt(many), i * 1_000L);
      assertThat(usual.said(i * 1_000L)).isEmpty();
    }
  }

  /** A provider that answers with several at once, at whichever rate, has none that is new. */
  @Test
  void thoseThatTakeTurnsAreAllHeard() {
    SplittableRandom random = new SplittableRandom(7);
    for (long gap : List.of(10L, 1_000L, 60_000L)) {
      Hearing usual = new Hearing(Lately.USUAL);
      int missed = 0;
      for (int i = 0; i < 100_000; i++) {
        usual.heard("v" + random.nextInt(4), i * gap);
        List<String> said = usual.said(i * gap);
        if (!said.isEmpty() && said.size() < 4) {
          missed++;
        }
      }
      assertThat(missed).as("with " + gap + " ms between two").isZero();
    }
  }
}
