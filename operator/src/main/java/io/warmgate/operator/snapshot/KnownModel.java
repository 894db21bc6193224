package io.warmgate.operator.snapshot;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A model in a {@link ModelCatalogue}. Prices are for a million tokens.
 *
 * @param name what its provider calls it
 * @param context tokens that a question and its answer may have together
 * @param cachedInput of tokens out of the provider's prompt cache; null: as {@code input}
 */
public record KnownModel(
    String name,
    long context,
    BigDecimal input,
    @Nullable BigDecimal cachedInput,
    BigDecimal output) {
  private static final int DECIMALS = 6;

  public KnownModel {
    if (name == null || input == null || output == null) {
      throw new IllegalArgumentException(name + ": name, input and output are required");
    }
    if (context < 1) {
      throw new IllegalArgumentException(name + ": context is less than 1");
    }
    check(name, "input", input);
    check(name, "output", output);
    if (cachedInput != null) {
      check(name, "cachedInput", cachedInput);
    }
  }

  private static void check(String name, String field, BigDecimal price) {
    if (price.signum() < 0 || price.scale() > DECIMALS || price.precision() - price.scale() > 6) {
      throw new IllegalArgumentException(
          "%s: %s is %s, not 0 to 999999 with six decimals at most".formatted(name, field, price));
    }
  }
}
