package io.warmgate.operator.warm;

import io.warmgate.operator.rollout.ModelLimits;
import io.warmgate.operator.rollout.Warmth.Spent;

/**
 * What one warm-up has asked of models, and may still ask. A question that was asked counts whether
 * it was answered or not. Used by the warm-up's thread; {@link #spent} by anybody.
 */
final class ModelBudget {
  private final ModelLimits limits;
  private volatile Spent spent = Spent.NOTHING;

  ModelBudget(ModelLimits limits) {
    this.limits = limits;
  }

  /** How many questions more may be asked. */
  int left() {
    return spent.tokens() >= limits.maxTokens()
        ? 0
        : (int) Math.max(0, limits.maxInferences() - spent.inferences());
  }

  void spend(long inferences, long tokens) {
    spent = spent.plus(new Spent(inferences, tokens));
  }

  Spent spent() {
    return spent;
  }

  /**
   * Why no more is asked, and the cure.
   *
   * @param open questions that are still to be asked
   */
  String text(int open) {
    return spent.tokens() >= limits.maxTokens()
        ? "%d questions to models are not asked: %d tokens were used, and maxTokens is %d"
            .formatted(open, spent.tokens(), limits.maxTokens())
        : "%d questions to models are not asked: %d were, and maxInferences is %d"
            .formatted(open, spent.inferences(), limits.maxInferences());
  }
}
