package io.warmgate.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static Verdict of(String name, String why) {
    return switch (name) {
      case "Good" -> new Verdict.Good();
      case "Bad" -> new Verdict.Bad(why);
      case "Pending" -> new Verdict.Pending();
      case "Inconclusive" -> new Verdict.Inconclusive(why);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource(
      textBlock =
          """
          Good,         Good,         Good
          Good,         Inconclusive, Inconclusive
          Good,         Pending,      Pending
          Good,         Bad,          Bad
          Inconclusive, Inconclusive, Inconclusive
          Inconclusive, Pending,      Pending
          Inconclusive, Bad,          Bad
          Pending,      Pending,      Pending
          Pending,      Bad,          Bad
          Bad,          Bad,          Bad
          """)
  void theWorseOfBothWhicheverSaysIt(String one, String other, String together) {
    assertThat(of(one, "a").and(of(other, "b")).getClass().getSimpleName()).isEqualTo(together);
    assertThat(of(other, "b").and(of(one, "a")).getClass().getSimpleName()).isEqualTo(together);
  }

  @Test
  void bothReasons() {
    assertThat(of("Bad", "a").and(of("Bad", "b"))).isEqualTo(new Verdict.Bad("a; b"));
    assertThat(of("Inconclusive", "a").and(of("Inconclusive", "b")))
        .isEqualTo(new Verdict.Inconclusive("a; b"));
    assertThat(of("Inconclusive", "a").and(of("Bad", "b"))).isEqualTo(new Verdict.Bad("b"));
  }
}
