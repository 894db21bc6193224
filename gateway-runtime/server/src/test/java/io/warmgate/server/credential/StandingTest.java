package io.warmgate.server.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows of what, one after the other. */
class StandingTest {
  private static Evidence evidence(String word) {
    return switch (word) {
      case "answered" -> new Evidence.Answered();
      case "denied" -> new Evidence.Denied("question: no");
      case "forbidden" -> new Evidence.Forbidden("question: not you");
      case "passed" -> new Evidence.Passed();
      case "failed" -> new Evidence.Failed("check: no");
      case "untold" -> new Evidence.Untold("open to all");
      case "silent" -> new Evidence.Silent("away", null);
      default -> throw new IllegalArgumentException(word);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "passed, ACCEPTED",
    "failed, REFUSED check: no",
    "untold, UNTOLD open to all",
    "silent, UNREACHABLE away",
    "answered, ACCEPTED",
    "denied, REFUSED question: no",
    // What is known stays known while nobody answers.
    "passed silent, ACCEPTED",
    "failed silent, REFUSED check: no",
    "denied silent, REFUSED question: no",
    "silent passed, ACCEPTED",
    "silent untold, UNTOLD open to all",
    "untold silent, UNREACHABLE away",
    // The check changes its mind.
    "passed failed, REFUSED check: no",
    "failed passed, ACCEPTED",
    "passed untold, ACCEPTED",
    "failed untold, UNTOLD open to all",
    // A question says more than a check.
    "passed denied, REFUSED question: no",
    "passed denied passed, REFUSED question: no",
    "passed denied untold, REFUSED question: no",
    "untold denied, REFUSED question: no",
    "passed denied answered, ACCEPTED",
    // Both refuse it: when the check takes it again it is good.
    "denied failed passed, ACCEPTED",
    // Answered though the check was refused: the check is no proof, until it agrees.
    "failed answered, ACCEPTED",
    "failed answered failed, ACCEPTED",
    "failed answered failed denied, REFUSED question: no",
    "failed answered passed failed, REFUSED check: no",
    "answered failed, REFUSED check: no",
    // What is not allowed may be the one question.
    "passed forbidden forbidden, ACCEPTED",
    "passed forbidden forbidden answered forbidden forbidden, ACCEPTED",
    "passed forbidden passed forbidden silent forbidden, REFUSED question: not you",
    "passed forbidden forbidden forbidden answered, ACCEPTED",
  })
  void oneAfterTheOther(String words, String expected) {
    Standing standing = Standing.UNASKED;
    for (String word : words.split(" ", -1)) {
      standing = standing.learn(evidence(word));
    }
    assertThat(standing.verdict() + (standing.detail() == null ? "" : " " + standing.detail()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, , 0, 480000",
    "0, , 0.5, 600000",
    "0, , 1, 720000",
    "1, , 0, 2500",
    "1, , 1, 5000",
    "2, , 1, 10000",
    "3, , 1, 20000",
    "9, , 1, 600000",
    "1000, , 1, 600000",
    "1, 7, 1, 12000",
    "1, 999999999, 1, 605000"
  })
  void isCheckedAgain(int failures, Long retryAfter, double random, long millis) {
    assertThat(Pace.USUAL.next(failures, retryAfter, random)).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "'Incorrect API key provided: sk-proj-abcdef.', 'Incorrect API key provided: [redacted]'",
    "'Incorrect: sk-pr****cdef, see https://x.y', 'Incorrect: [redacted] see https://x.y'",
    "'of (\"proj-a\") no', 'of [redacted] no'",
    "'two\nlines\tand  more', 'two lines and more'",
    "'invalid x-api-key', 'invalid x-api-key'"
  })
  void wordsTellNoCredential(String said, String shown) {
    assertThat(Words.of(said.replace("\\n", "\n").replace("\\t", "\t"), "sk-proj-abcdef"))
        .isEqualTo(shown);
  }
}
