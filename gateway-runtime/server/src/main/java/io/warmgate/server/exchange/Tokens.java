package io.warmgate.server.exchange;

import io.warmgate.config.Price;

/**
 * What a model read and wrote, counted in its own tokens.
 *
 * @param input all that it read
 * @param cached of the input: read from the provider's prompt cache
 * @param written of the input: written to the provider's prompt cache
 * @param output all that it wrote, reasoning included
 * @param reasoning of the output
 */
public record Tokens(long input, long cached, long written, long output, long reasoning) {
  public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0);

  public static Tokens of(long input, long output) {
    return new Tokens(input, 0, 0, output, 0);
  }

  public long total() {
    return input + output;
  }

  /**
   * What they cost, in billionths of the currency's unit.
   *
   * @param answers that are paid for
   * @param micros microseconds that are, where they cost something
   */
  public long nanos(Price price, long answers, long micros) {
    return price.nanos(input - cached, cached, output, answers, micros);
  }

  public Tokens plus(Tokens other) {
    return new Tokens(
        input + other.input,
        cached + other.cached,
        written + other.written,
        output + other.output,
        reasoning + other.reasoning);
  }
}
