package io.warmgate.server.ai;

import io.warmgate.server.exchange.Question;
import java.util.List;
import java.util.function.Function;

/**
 * What was read of a request.
 *
 * @param order who is asked, the chosen one first; never empty
 * @param of what each of them is asked; throws a {@code TranslationException} where one cannot be
 * @param asked what the chosen one is
 * @param question the same, as the cache sees it
 */
record Understood(List<Choice> order, Function<Choice, Asked> of, Asked asked, Question question) {
  Understood(List<Choice> order, Function<Choice, Asked> of, Asked asked) {
    this(order, of, asked, asked.question());
  }
}
