package io.warmgate.operator;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an operator's reconciles have taken so far, by step.
 *
 * @param seconds step → all of it
 * @param reconciles how many there were
 */
record StepCosts(Map<String, Double> seconds, double reconciles) {
  private static final List<String> STEPS =
      List.of("identify", "gather", "translate", "mint", "push", "apply", "report", "acknowledge");

  static StepCosts of(OperatorProcess operator) throws IOException, InterruptedException {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (String step : STEPS) {
      seconds.put(step, operator.metric(line("sum", step)));
    }
    return new StepCosts(seconds, operator.metric(line("count", "gather")));
  }

  private static String line(String what, String step) {
    return "warmgate_operator_step_seconds_" + what + "{step=\"" + step + "\"";
  }

  /** For people: what a change cost since then. */
  String since(StepCosts before, int changes) {
    return seconds.entrySet().stream()
            .map(
                step ->
                    "%s %.1f"
                        .formatted(
                            step.getKey(),
                            (step.getValue() - before.seconds.getOrDefault(step.getKey(), 0.0))
                                * 1_000
                                / changes))
            .collect(Collectors.joining(", "))
        + " ms a change in %.1f reconciles".formatted((reconciles - before.reconciles) / changes);
  }
}
