package io.warmgate.server.ai;

import io.warmgate.ai.chat.Usage;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.ModelStep;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.Question;
import io.warmgate.server.exchange.Rewriting;
import io.warmgate.server.filter.HeaderChange;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a request.
 *
 * @param order who is asked, the chosen one first; never empty
 * @param of what each of them is asked; throws a {@code TranslationException} where one cannot be
 * @param asked what the chosen one is
 * @param question the same, as the cache sees it; null: the rule keeps no answers
 * @param rewriting makes of an answer what the client understands, and tells whoever is given what
 *     it says it took
 */
record Understood(
    List<Choice> order,
    Function<Choice, Asked> of,
    Asked asked,
    @Nullable Question question,
    Function<Consumer<Usage>, Rewriting> rewriting) {

  /** As it is asked, of a rule that may keep answers. */
  Understood(List<Choice> order, Function<Choice, Asked> of, Asked asked, Question question) {
    this(order, of, asked, question, asked::rewriting);
  }

  /**
   * Where it is asked.
   *
   * @param changes of the request's fields, by the rule
   * @param told what each call comes to
   */
  Origin origin(
      Rule rule,
      ModelStep.Backends backends,
      List<HeaderChange> changes,
      Rests rests,
      Consumer<Inference> told) {
    Choice chosen = order.getFirst();
    Long firstToken = rule.timeouts().firstTokenMillis();
    List<ModelKey> keys = chosen.model().keys();
    boolean isAlone = order.size() == 1 && keys.size() == 1 && asked.ofAnyVersion() == null;
    if (isAlone && firstToken == null && rule.retry().attempts() == 0) {
      return new ModelOrigin(
          backends.origin(chosen.share()),
          asked,
          keys.getFirst(),
          backends.host(chosen.share()),
          changes,
          told);
    }
    return new ChosenOrigin(
        order,
        choice -> choice.equals(chosen) ? asked : of.apply(choice),
        backends,
        changes,
        rests,
        firstToken == null ? 0 : firstToken,
        rule.retry(),
        told);
  }
}
