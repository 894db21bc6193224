package io.warmgate.operator.status;

import io.warmgate.config.Money;
import io.warmgate.config.Price;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.crd.v1alpha1.ModelCost;
import io.warmgate.crd.v1alpha1.ModelUsage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up what models took. Money is rounded where it is written, and nowhere before. */
public final class Usages {
  private static final ModelUsage NONE = new ModelUsage(0L, 0L, 0L, 0L, List.of());

  private Usages() {}

  private record Amounts(BigDecimal spent, BigDecimal saved) {
    private Amounts plus(Amounts other) {
      return new Amounts(spent.add(other.spent), saved.add(other.saved));
    }
  }

  /**
   * @param before null: nothing
   * @param grown of the same model since then
   * @return null: nothing was used or saved so far
   */
  public static @Nullable ModelUsage plus(@Nullable ModelUsage before, List<ModelTraffic> grown) {
    ModelUsage base = before == null ? NONE : before;
    Map<String, Amounts> money = new TreeMap<>();
    for (ModelCost cost : base.costs()) {
      money.put(
          cost.currency(), new Amounts(new BigDecimal(cost.spent()), new BigDecimal(cost.saved())));
    }
    long input = base.inputTokens();
    long output = base.outputTokens();
    long savedInput = base.savedInputTokens();
    long savedOutput = base.savedOutputTokens();
    for (ModelTraffic one : grown) {
      input += one.spent().input() + one.spent().cachedInput();
      output += one.spent().output();
      savedInput += one.saved().input() + one.saved().cachedInput();
      savedOutput += one.saved().output();
      Price price = one.price();
      if (price != null) {
        money.merge(
            price.currency(),
            new Amounts(one.spent().at(price), one.saved().at(price)),
            Amounts::plus);
      }
    }
    ModelUsage sum =
        new ModelUsage(
            input,
            output,
            savedInput,
            savedOutput,
            money.entrySet().stream()
                .map(
                    each ->
                        new ModelCost(
                            each.getKey(),
                            Money.text(each.getValue().spent()),
                            Money.text(each.getValue().saved())))
                .toList());
    return before == null && sum.equals(NONE) ? null : sum;
  }
}
