package io.warmgate.server.ai;

import io.vertx.core.MultiMap;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.inference.TensorAction;
import io.warmgate.ai.inference.TensorQuestion;
import io.warmgate.config.CacheRule;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Problem;
import io.warmgate.server.exchange.ProblemException;
import io.warmgate.server.exchange.Question;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads what a client of tensors sent, and who of a rule is asked it. On any thread.
 *
 * @param models by id
 * @param fields of the client's head
 */
record TensorReader(TensorPath path, Rule rule, Map<String, ServedModel> models, MultiMap fields) {

  /** Whether a model of the rule that is called so takes tensors by this protocol. */
  boolean isOfTensors() {
    return rule.backends().stream()
        .map(ref -> models.get(ref.model()))
        .anyMatch(
            model ->
                model != null
                    && model.isCalled(path.model())
                    && model.model().provider() == path.provider());
  }

  /**
   * @param sent in whichever form
   * @throws ProblemException where it cannot be read, or nobody can be asked it
   */
  Understood read(byte[] sent, Asker asker) {
    TensorAction action = path.action().orElseThrow();
    List<Choice> order = Choice.ofTensors(rule, models, path, asker);
    try {
      Function<ServedModel, TensorQuestion> question = Upload.questions(action, fields, sent);
      Function<Choice, TensorsAsked> of =
          choice ->
              new TensorsAsked(
                  path.of(choice.model()),
                  path.instead(choice.model()),
                  question.apply(choice.model()),
                  choice.model());
      TensorsAsked asked = of.apply(order.getFirst());
      return new Understood(order, of::apply, asked, mine(asked));
    } catch (TranslationException e) {
      throw new ProblemException(Problem.MODEL_REQUEST, e);
    }
  }

  /** As the rule's policy would have it. */
  private Question mine(TensorsAsked asked) {
    CacheRule cache = rule.cache();
    TensorQuestion tensors = asked.tensors();
    return cache == null
        ? asked.question()
        : Privacy.of(
            asked.question(), cache.options().conditions(), tensors::tree, tensors::sensitive);
  }

  /** What the model is, or whether it is ready; that costs nothing. */
  Understood state() {
    Choice chosen = Choice.ofTensors(rule, models, path, new Asker.Client(List.of())).getFirst();
    Asked asked = new StateAsked(path.of(chosen.model()), chosen.model());
    return new Understood(List.of(chosen), _ -> asked, asked, asked.question());
  }
}
