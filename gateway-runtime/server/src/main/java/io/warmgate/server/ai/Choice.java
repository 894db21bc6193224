package io.warmgate.server.ai;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.exchange.WeightedChoice;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which model of a rule is asked.
 *
 * @param share of the rule
 */
record Choice(BackendRef share, ServedModel model) {

  /**
   * Of those that are called so, one by weight.
   *
   * @param models by id
   * @param draw from 0 to below its argument
   * @throws ProblemException where none is
   */
  static Choice of(
      Rule rule, Map<String, ServedModel> models, String name, LongUnaryOperator draw) {
    return of(rule, models, name, _ -> true, draw);
  }

  /** The same among those that make embeddings. */
  static Choice ofEmbeddings(
      Rule rule, Map<String, ServedModel> models, String name, LongUnaryOperator draw) {
    return of(rule, models, name, model -> !model.isAnthropic(), draw);
  }

  private static Choice of(
      Rule rule,
      Map<String, ServedModel> models,
      String name,
      Predicate<ServedModel> able,
      LongUnaryOperator draw) {
    List<BackendRef> called =
        rule.backends().stream().filter(ref -> model(ref, models).isCalled(name)).toList();
    List<BackendRef> fit = called.stream().filter(ref -> able.test(model(ref, models))).toList();
    BackendRef share = WeightedChoice.choose(fit, draw);
    if (share == null && fit.size() < called.size()) {
      String message = "The model '" + name + "' makes no embeddings.";
      throw new ProblemException(
          Problem.MODEL_REQUEST,
          new ModelFailure(new ModelError(ErrorKind.INVALID_REQUEST, message, null, "model")));
    }
    if (share == null) {
      String message = "The model '" + name + "' does not exist or you do not have access to it.";
      throw new ProblemException(
          Problem.NO_MODEL,
          new ModelFailure(new ModelError(ErrorKind.NOT_FOUND, message, null, "model")));
    }
    return new Choice(share, model(share, models));
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
