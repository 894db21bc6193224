package io.warmgate.server.limit;

import io.warmgate.config.Limit;
import io.warmgate.config.Model;
import io.warmgate.server.exchange.Tokens;
import java.util.Objects;

/** What a call to a model takes of a limit, in what that counts. */
final class ModelsTake {
  private ModelsTake() {}

  /**
   * @param limit of tokens or cost
   * @param answers that are paid for
   * @param micros microseconds that are, where they cost something
   * @return at least 0; of cost in billionths of the currency's unit, at the model's price of now,
   *     and 0 where it has none in that currency: it is asked all the same where the limit watches
   */
  static long of(Limit limit, Model model, Tokens tokens, long answers, long micros) {
    if (limit.unit() == Limit.Unit.TOKENS) {
      return tokens.total();
    }
    if (!limit.counts(model)) {
      return 0;
    }
    return tokens.nanos(Objects.requireNonNull(model.price(), "it counts"), answers, micros);
  }
}
