package io.warmgate.operator.check;

import io.warmgate.operator.rollout.RolloutSettings.Check;
import io.warmgate.operator.rollout.Verdict;

/** What an answer to a check means. */
final class CheckRule {
  private CheckRule() {}

  /**
   * Whether the next try may answer otherwise: nothing came, or the server says it is its fault.
   */
  static boolean worthAnotherTry(Check check, Answer answer) {
    return switch (answer) {
      case Answer.None _ -> true;
      case Answer.Status(int code, _) -> code != check.expectStatus() && code >= 500;
      case Answer.Refused _ -> false;
    };
  }

  /** Of the last try. */
  static Verdict verdict(Check check, Answer answer) {
    return switch (answer) {
      case Answer.Status(int code, _) when code == check.expectStatus() -> new Verdict.Good();
      case Answer.Status(int code, String line) ->
          new Verdict.Bad(
              "its check answered %d%s".formatted(code, line.isEmpty() ? "" : ": " + line));
      case Answer.None(String why) -> new Verdict.Inconclusive("its check did not answer: " + why);
      case Answer.Refused(String why) ->
          new Verdict.Bad("its check cannot be asked: %s".formatted(why));
    };
  }
}
