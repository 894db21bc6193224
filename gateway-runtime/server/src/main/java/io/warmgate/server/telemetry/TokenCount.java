package io.warmgate.server.telemetry;

import io.warmgate.config.admin.TokenCounts;
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

  TokenCounts sum() {
    return new TokenCounts(input.sum(), cached.sum(), output.sum(), answers.sum());
  }
}
