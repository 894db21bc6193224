package io.warmgate.server.ai;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.exchange.WeightedChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/**
 * A model of a rule that may be asked.
 *
 * @param share of the rule
 */
record Choice(BackendRef share, ServedModel model) {

  /**
   * Those that are called so: first who is chosen, then who stands in for it, one after the other.
   * Lower priorities go first, and among equals the weights draw.
   *
   * @param models by id
   * @param draw from 0 to below its argument
   * @return never empty
   * @throws ProblemException where none is
   */
  static List<Choice> of(
      Rule rule, Map<String, ServedModel> models, String name, LongUnaryOperator draw) {
    SortedMap<Integer, List<BackendRef>> called = new TreeMap<>();
    for (BackendRef ref : rule.backends()) {
      if (model(ref, models).isCalled(name)) {
        int priority = ref.priority() == null ? 0 : ref.priority();
        called.computeIfAbsent(priority, _ -> new ArrayList<>()).add(ref);
      }
    }
    List<Choice> order = new ArrayList<>();
    for (List<BackendRef> equals : called.values()) {
      for (BackendRef next = WeightedChoice.choose(equals, draw); next != null; ) {
        order.add(new Choice(next, model(next, models)));
        equals.remove(next);
        next = equals.isEmpty() ? null : WeightedChoice.choose(equals, draw);
      }
    }
    if (order.isEmpty()) {
      String message = "The model '" + name + "' does not exist or you do not have access to it.";
      throw new ProblemException(
          Problem.NO_MODEL,
          new ModelFailure(new ModelError(ErrorKind.NOT_FOUND, message, null, "model")));
    }
    return order;
  }

  /** What clients may call models of the rule. */
  static Stream<String> names(Rule rule, Map<String, ServedModel> models) {
    return rule.backends().stream()
        .filter(ref -> ref.weight() > 0)
        .flatMap(ref -> model(ref, models).model().names().stream())
        .distinct();
  }

  private static ServedModel model(BackendRef ref, Map<String, ServedModel> models) {
    return Objects.requireNonNull(models.get(ref.model()), "a model of the configuration");
  }
}
