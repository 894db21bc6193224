package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.ClientTraffic;
import io.warmgate.config.admin.Miss;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.operator.fake.Counted;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EfficiencyTest {

  private static ClientTraffic window(long hits, @Nullable String misses) {
    Map<Miss, Long> counts = new EnumMap<>(Miss.class);
    if (misses != null) {
      for (String each : misses.split(" ")) {
        String[] pair = each.split("=");
        counts.put(Miss.valueOf(pair[0]), Long.parseLong(pair[1]));
      }
    }
    return Counted.clients(hits, counts);
  }

  private static Efficiency said(@Nullable String before) {
    if (before == null) {
      return Efficiency.UNKNOWN;
    }
    String[] words = before.split(" ");
    return Efficiency.said(words[0], words[1]);
  }

  private static String text(Efficiency efficiency) {
    ConditionReason reason = efficiency.reason();
    return reason == null ? "" : efficiency.text() + " " + reason.wire();
  }

  @ParameterizedTest(name = "{0}, then {1} hits and {2}: {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # too few to say anything: what was said stands
          -               | 199 | -                                          | ''
          85% MostlyHits  | 0   | EXPIRED=199                                | 85% MostlyHits
          # the ratio in steps
          -               | 200 | -                                          | 100% MostlyHits
          -               | 853 | FIRST_SEEN=147                             | 85% MostlyHits
          85% MostlyHits  | 898 | FIRST_SEEN=102                             | 85% MostlyHits
          85% MostlyHits  | 801 | FIRST_SEEN=199                             | 85% MostlyHits
          85% MostlyHits  | 940 | FIRST_SEEN=60                              | 95% MostlyHits
          85% MostlyHits  | 750 | FIRST_SEEN=250                             | 75% MostlyHits
          85% MostlyHits  | 91000 | FIRST_SEEN=9000                          | 90% MostlyHits
          # low below 60, until it is 70 again
          -               | 601 | EXPIRED=399                                | 60% MostlyHits
          -               | 599 | EXPIRED=401                                | 60% TtlTooShort
          60% TtlTooShort | 650 | EXPIRED=350                                | 60% TtlTooShort
          60% TtlTooShort | 690 | EXPIRED=310                                | 60% TtlTooShort
          60% TtlTooShort | 700 | EXPIRED=300                                | 70% MostlyHits
          70% MostlyHits  | 660 | EXPIRED=340                                | 70% MostlyHits
          # each cause by its name
          -               | 0   | EXPIRED=200                                | 0% TtlTooShort
          -               | 0   | FIRST_SEEN=200                             | 0% RarelyAsked
          -               | 0   | SAME_ANSWER=200                            | 0% KeyTooWide
          -               | 0   | EVICTED=200                                | 0% Evicted
          -               | 0   | UNCACHEABLE=200                            | 0% Uncacheable
          -               | 0   | BYPASSED=200                               | 0% Bypassed
          -               | 0   | PURGED=200                                 | 0% Purged
          -               | 0   | FAILED=200                                 | 0% OriginFails
          # the largest; one that can be cured goes before what is asked for the first time
          -               | 0   | EXPIRED=120 EVICTED=180                    | 0% Evicted
          -               | 0   | FIRST_SEEN=210 EXPIRED=90                  | 0% TtlTooShort
          -               | 0   | FIRST_SEEN=220 EXPIRED=80                  | 0% RarelyAsked
          # which was named stands until another leads by ten points, or it is small
          0% TtlTooShort  | 0   | EXPIRED=146 EVICTED=154                    | 0% TtlTooShort
          0% TtlTooShort  | 0   | EXPIRED=130 EVICTED=170                    | 0% Evicted
          0% TtlTooShort  | 0   | EXPIRED=30 FIRST_SEEN=30 EVICTED=40 PURGED=45 FAILED=45 BYPASSED=45 UNCACHEABLE=45 | 0% Uncacheable
          """)
  void next(@Nullable String before, long hits, @Nullable String misses, String after) {
    assertThat(text(said(before).next(window(hits, misses)))).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -",
        "50%, -",
        "-, MostlyHits",
        "half, MostlyHits",
        "50%, Accepted",
        "50%, Whatever"
      })
  void whatCannotBeReadIsUnknown(@Nullable String ratio, @Nullable String reason) {
    assertThat(Efficiency.said(ratio, reason)).isEqualTo(Efficiency.UNKNOWN);
  }

  /** Chance alone changes little: 500 requests a window of which 72 of 100 are hits, for hours. */
  @Test
  void chanceIsSeldomWritten() {
    int written = 0;
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      Efficiency said = Efficiency.UNKNOWN.next(window(720, "EXPIRED=280"));
      for (int window = 0; window < 48; window++) {
        long hits = random.doubles(500).filter(chance -> chance < 0.72).count();
        Efficiency next = said.next(window(hits, "EXPIRED=" + (500 - hits)));
        written += next.equals(said) ? 0 : 1;
        said = next;
      }
    }
    assertThat(written / 20.0).as("writes in four hours").isLessThan(2);
  }
}
