package io.warmgate.server.telemetry;

import io.warmgate.config.admin.TokenCounts;
import io.warmgate.server.exchange.Tokens;
import java.util.concurrent.atomic.LongAdder;

/** Tokens and time that event loops add up, as they are paid for. */
final class TokenCount {
  private final LongAdder input = new LongAdder();
  private final LongAdder cached = new LongAdder();
  private final LongAdder output = new LongAdder();
  private final LongAdder answers = new LongAdder();
  private final LongAdder micros = new LongAdder();

  /**
   * @param more answers that this was
   * @param time microseconds that cost something
   */
  void add(Tokens tokens, long more, long time) {
    input.add(tokens.input() - tokens.cached());
    cached.add(tokens.cached());
    output.add(tokens.output());
    answers.add(more);
    micros.add(time);
  }

  TokenCounts sum() {
    return new TokenCounts(input.sum(), cached.sum(), output.sum(), answers.sum(), micros.sum());
  }
}
