package io.warmgate.operator.warm;

import io.warmgate.config.Money;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmReport.Cost;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.operator.rollout.ModelLimits;
import io.warmgate.operator.rollout.Warmth.Spent;
import org.jspecify.annotations.Nullable;

/**
 * What one warm-up has asked of models, and may still ask. A question that was asked counts whether
 * it was answered or not; of one whose answer did not come in time nobody knows what it took, and
 * it counts as the dearest before it. Used by the warm-up's thread; {@link #spent} by anybody.
 */
final class ModelBudget {
  private final ModelLimits limits;
  private volatile Spent spent = Spent.NOTHING;
  private Spent dearest = Spent.NOTHING;

  ModelBudget(ModelLimits limits) {
    this.limits = limits;
  }

  /** How many questions more may be asked. */
  int left() {
    return usedUp() == null ? (int) Math.max(0, limits.maxInferences() - spent.inferences()) : 0;
  }

  /**
   * @param outcome of a question that was asked
   */
  void spend(WarmReport.Outcome outcome) {
    boolean isUnknown = outcome.result() == Result.FAILED && outcome.status() == 0;
    Spent took = Spent.of(outcome);
    if (!isUnknown) {
      dearest = dearest.max(took);
    }
    spent = spent.plus(isUnknown ? took.max(dearest) : took);
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
    String why = usedUp();
    return "%d questions to models are not asked: %s"
        .formatted(
            open,
            why != null
                ? why
                : "%d were, and maxInferences is %d"
                    .formatted(spent.inferences(), limits.maxInferences()));
  }

  /** What other than their number has come to its bound; null: nothing. */
  private @Nullable String usedUp() {
    if (spent.tokens() >= limits.maxTokens()) {
      return "%d tokens were used, and maxTokens is %d"
          .formatted(spent.tokens(), limits.maxTokens());
    }
    Cost most = limits.maxCost();
    if (most == null) {
      return null;
    }
    if (spent.isUnknownIn(most.currency())) {
      return "a model has no price in %s, and maxCost counts what they cost in it"
          .formatted(most.currency());
    }
    long cost = spent.nanos().getOrDefault(most.currency(), 0L);
    return cost < most.nanos()
        ? null
        : "%s %s were spent, and maxCost is %s"
            .formatted(Money.text(cost), most.currency(), Money.text(most.nanos()));
  }
}
