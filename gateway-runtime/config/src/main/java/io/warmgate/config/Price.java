package io.warmgate.config;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a model costs, exactly: prices are a whole number of pico-units (10⁻¹² of the currency's
 * unit) a token, since prices of a million tokens have six decimals at most.
 *
 * @param currency by ISO 4217
 * @param inputPico for a token that the model reads
 * @param cachedInputPico for one that it reads from the provider's prompt cache
 * @param outputPico for one that it writes
 * @param requestPico for each answer, besides
 */
public record Price(
    String currency, long inputPico, long cachedInputPico, long outputPico, long requestPico) {
  private static final int SCALE = 12;
  private static final int NANO = 9;
  private static final BigDecimal MOST_NANOS = BigDecimal.TEN.pow(15);
  private static final long MOST = 1_000_000_000_000_000_000L;

  public Price {
    Check.text("currency", currency);
    Check.range("inputPico", inputPico, 0, MOST);
    Check.range("cachedInputPico", cachedInputPico, 0, MOST);
    Check.range("outputPico", outputPico, 0, MOST);
    Check.range("requestPico", requestPico, 0, MOST);
  }

  /**
   * In the currency's unit.
   *
   * @param input tokens that were read, without those of the provider's prompt cache
   */
  public BigDecimal of(long input, long cachedInput, long output, long requests) {
    return times(inputPico, input)
        .add(times(cachedInputPico, cachedInput))
        .add(times(outputPico, output))
        .add(times(requestPico, requests));
  }

  /**
   * The same in billionths of the currency's unit, as limits of money count it: a fraction of one
   * counts as a whole one. At most 10¹⁵, which is more than any limit has.
   */
  public long nanos(long input, long cachedInput, long output, long requests) {
    return of(input, cachedInput, output, requests)
        .movePointRight(NANO)
        .setScale(0, RoundingMode.CEILING)
        .min(MOST_NANOS)
        .longValueExact();
  }

  private static BigDecimal times(long pico, long count) {
    return BigDecimal.valueOf(pico, SCALE).multiply(BigDecimal.valueOf(count));
  }
}
