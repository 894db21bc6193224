package io.warmgate.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.operator.rollout.RolloutSettings.Check;
import io.warmgate.operator.rollout.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
  private static final Check CHECK =
      new Check(URI.create("http://checks.example.com/shop"), Duration.ofSeconds(1), 200);

  private static Answer answer(String word) {
    return switch (word) {
      case "late" -> new Answer.None("after 1 s there was none");
      case "loopback" -> new Answer.Refused("127.0.0.1 is a loopback address");
      default -> new Answer.Status(Integer.parseInt(word), "it is " + word);
    };
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          200,            1, Good,
          204,            1, Bad,          its check answered 204: it is 204
          302,            1, Bad,          its check answered 302: it is 302
          404,            1, Bad,          its check answered 404: it is 404
          500 500 500,    3, Bad,          its check answered 500: it is 500
          500 200,        2, Good,
          late late 200,  3, Good,
          late 409,       2, Bad,          its check answered 409: it is 409
          late late late, 3, Inconclusive, its check did not answer: after 1 s there was none
          loopback,       1, Bad,          its check cannot be asked: 127.0.0.1 is a loopback address
          """)
  void tries(String answers, int asked, String verdict, String why) throws Exception {
    Iterator<String> next = Arrays.asList(answers.split(" ")).iterator();
    AtomicInteger tries = new AtomicInteger();
    try (Checks checks =
        new Checks(
            check -> {
              tries.incrementAndGet();
              return answer(next.next());
            })) {
      Verdict said = checks.ask(CHECK).get(10, TimeUnit.SECONDS);
      assertThat(said.getClass().getSimpleName()).isEqualTo(verdict);
      if (said instanceof Verdict.Bad(String reason)) {
        assertThat(reason).isEqualTo(why);
      } else if (said instanceof Verdict.Inconclusive(String reason)) {
        assertThat(reason).isEqualTo(why);
      }
    }
    assertThat(tries).hasValue(asked);
  }

  @ParameterizedTest
  @CsvSource({"204, 204, Good", "204, 200, Bad", "503, 503, Good"})
  void anotherStatusMayBeTheGoodOne(int expected, String answer, String verdict) throws Exception {
    Check check = new Check(CHECK.url(), CHECK.timeout(), expected);
    try (Checks checks = new Checks(any -> answer(answer))) {
      assertThat(checks.ask(check).get(10, TimeUnit.SECONDS).getClass().getSimpleName())
          .isEqualTo(verdict);
    }
  }

  @Test
  void anAskerThatFailsIsNoVerdictOnTheRelease() throws Exception {
    try (Checks checks =
        new Checks(
            any -> {
              throw new IllegalStateException("no");
            })) {
      assertThat(checks.ask(CHECK).get(10, TimeUnit.SECONDS))
          .isInstanceOf(Verdict.Inconclusive.class);
    }
  }
}
