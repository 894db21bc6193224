package io.warmgate.server.telemetry;

import io.warmgate.server.exchange.Tokens;
import java.util.concurrent.atomic.LongAdder;

/** Tokens that event loops add up, as they are paid for. */
final class TokenCount {
  private final LongAdder input = new LongAdder();
  private final LongAdder cached = new LongAdder();
  private final LongAdder output = new LongAdder();
  private final LongAdder answers = new LongAdder();

  void add(Tokens tokens) {
    input.add(tokens.input() - tokens.cached());
    cached.add(tokens.cached());
    output.add(tokens.output());
    answers.increment();
  }

  Sum sum() {
    return new Sum(input.sum(), cached.sum(), output.sum(), answers.sum());
  }

  /**
   * Until now.
   *
   * @param input that was read, without what the provider had in its prompt cache
   * @param cached that it had there
   * @param answers that this was
   */
  record Sum(long input, long cached, long output, long answers) {
    static final Sum NOTHING = new Sum(0, 0, 0, 0);

    Sum plus(Sum other) {
      return new Sum(
          input + other.input,
          cached + other.cached,
          output + other.output,
          answers + other.answers);
    }
  }
}
