package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warmgate.config.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of answers, as they are paid for.
 *
 * @param input that models read, without what the provider had in its prompt cache
 * @param cachedInput that it had there
 * @param output that they wrote
 * @param answers that this was
 * @param micros microseconds that were spent on them, where those cost something; null, and then
 *     not written: none. Operators of before know no others
 */
public record TokenCounts(
    long input,
    long cachedInput,
    long output,
    long answers,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long micros) {
  public static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0);

  public TokenCounts {
    micros = micros == null || micros == 0 ? null : micros;
  }

  /** Of which no time is counted. */
  public TokenCounts(long input, long cachedInput, long output, long answers) {
    this(input, cachedInput, output, answers, null);
  }

  private long time() {
    return micros == null ? 0 : micros;
  }

  public TokenCounts plus(TokenCounts other) {
    return new TokenCounts(
        input + other.input,
        cachedInput + other.cachedInput,
        output + other.output,
        answers + other.answers,
        time() + other.time());
  }

  /** What was counted since {@code before}, of the same pod. */
  public TokenCounts minus(TokenCounts before) {
    return new TokenCounts(
        Math.max(0, input - before.input),
        Math.max(0, cachedInput - before.cachedInput),
        Math.max(0, output - before.output),
        Math.max(0, answers - before.answers),
        Math.max(0, time() - before.time()));
  }

  /** What they cost, in the currency's unit. */
  public BigDecimal at(Price price) {
    return price.of(input, cachedInput, output, answers, time());
  }
}
