package io.warmgate.operator.warm;

import io.warmgate.operator.rollout.Warmth;
import java.util.List;
import java.util.Objects;

/** How warm several routes are together: each by what clients ask it for. */
final class Tally {
  private Tally() {}

  /** Done where all are; what is wrong is what the last of them says. */
  static Warmth of(List<WarmWork> works) {
    List<Warmth> each = works.stream().map(WarmWork::warmth).toList();
    double served = 0;
    double certified = 0;
    int questions = 0;
    int certifiedQuestions = 0;
    for (WarmWork work : works) {
      served += work.progress().servedWeight();
      certified += work.progress().certifiedWeight();
      questions += work.progress().questions();
      certifiedQuestions += work.progress().certifiedQuestions();
    }
    boolean done = each.stream().allMatch(any -> any.progress() == Warmth.Progress.DONE);
    return new Warmth(
        done ? Warmth.Progress.DONE : Warmth.Progress.UNDERWAY,
        each.stream().mapToInt(Warmth::planned).sum(),
        each.stream().mapToInt(Warmth::sought).sum(),
        each.stream().mapToInt(Warmth::filled).sum(),
        each.stream().mapToInt(Warmth::certified).sum(),
        each.stream().mapToInt(Warmth::failed).sum(),
        each.stream().mapToInt(Warmth::changed).sum(),
        0,
        each.stream().mapToLong(Warmth::originRequests).sum(),
        Math.min(
            WarmPlan.percent(certified, served),
            WarmPlan.questionsPercent(certifiedQuestions, questions)),
        done
            ? null
            : each.stream()
                .map(Warmth::secondsLeft)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sum(),
        each.stream()
            .map(Warmth::problem)
            .filter(Objects::nonNull)
            .reduce((_, last) -> last)
            .orElse(null),
        each.stream().map(Warmth::spent).reduce(Warmth.Spent.NOTHING, Warmth.Spent::plus));
  }
}
