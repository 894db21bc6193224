package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs, exactly: prices are a whole number of pico-units (10⁻¹² of the currency's
 * unit) a token, since prices of a million tokens have six decimals at most.
 *
 * @param currency by ISO 4217
 * @param inputPico for a token that the model reads
 * @param cachedInputPico for one that it reads from the provider's prompt cache
 * @param outputPico for one that it writes
 * @param requestPico for each answer, besides
 * @param secondPico for each second that is spent on an answer, besides; null, and then not
 *     written: none
 */
public record Price(
    String currency,
    long inputPico,
    long cachedInputPico,
    long outputPico,
    long requestPico,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long secondPico) {
  private static final int SCALE = 12;

  /** Of counted seconds, which are in microseconds. */
  private static final int MICRO = 6;

  private static final int NANO = 9;
  private static final BigDecimal MOST_NANOS = BigDecimal.TEN.pow(15);
  private static final long MOST = 1_000_000_000_000_000_000L;

  public Price {
    Check.text("currency", currency);
    Check.range("inputPico", inputPico, 0, MOST);
    Check.range("cachedInputPico", cachedInputPico, 0, MOST);
    Check.range("outputPico", outputPico, 0, MOST);
    Check.range("requestPico", requestPico, 0, MOST);
    if (secondPico != null) {
      Check.range("secondPico", secondPico, 1, MOST);
    }
  }

  /** Of tokens and answers alone. */
  public Price(
      String currency, long inputPico, long cachedInputPico, long outputPico, long requestPico) {
    this(currency, inputPico, cachedInputPico, outputPico, requestPico, null);
  }

  /** Whether time costs something. */
  public boolean countsTime() {
    return secondPico != null;
  }

  /**
   * In the currency's unit.
   *
   * @param input tokens that were read, without those of the provider's prompt cache
   * @param micros microseconds that were spent on the answers
   */
  public BigDecimal of(long input, long cachedInput, long output, long requests, long micros) {
    BigDecimal byCount =
        times(inputPico, input)
            .add(times(cachedInputPico, cachedInput))
            .add(times(outputPico, output))
            .add(times(requestPico, requests));
    return secondPico == null
        ? byCount
        : byCount.add(times(secondPico, micros).movePointLeft(MICRO));
  }

  /**
   * The same in billionths of the currency's unit, as limits of money count it: a fraction of one
   * counts as a whole one. At most 10¹⁵, which is more than any limit has.
   */
  public long nanos(long input, long cachedInput, long output, long requests, long micros) {
    return of(input, cachedInput, output, requests, micros)
        .movePointRight(NANO)
        .setScale(0, RoundingMode.CEILING)
        .min(MOST_NANOS)
        .longValueExact();
  }

  private static BigDecimal times(long pico, long count) {
    return BigDecimal.valueOf(pico, SCALE).multiply(BigDecimal.valueOf(count));
  }
}
