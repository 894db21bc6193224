package io.warmgate.config.admin;

import io.warmgate.config.Price;
import java.math.BigDecimal;

/**
 * Tokens of answers, as they are paid for.
 *
 * @param input that models read, without what the provider had in its prompt cache
 * @param cachedInput that it had there
 * @param output that they wrote
 * @param answers that this was
 */
public record TokenCounts(long input, long cachedInput, long output, long answers) {
  public static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0);

  public TokenCounts plus(TokenCounts other) {
    return new TokenCounts(
        input + other.input,
        cachedInput + other.cachedInput,
        output + other.output,
        answers + other.answers);
  }

  /** What was counted since {@code before}, of the same pod. */
  public TokenCounts minus(TokenCounts before) {
    return new TokenCounts(
        Math.max(0, input - before.input),
        Math.max(0, cachedInput - before.cachedInput),
        Math.max(0, output - before.output),
        Math.max(0, answers - before.answers));
  }

  /** What they cost, in the currency's unit. */
  public BigDecimal at(Price price) {
    return price.of(input, cachedInput, output, answers);
  }
}
