package io.warmgate.aisimulator.model;

import java.time.Instant;

/**
 * How much of a limit is left.
 *
 * @param requestsLeft -1 where the request is one too many
 * @param tokensLeft 0 or less: none
 * @param now when this was so
 * @param reset when all is there again
 */
public record RateStanding(
    RateLimit limit, int requestsLeft, int tokensLeft, Instant now, Instant reset) {

  /** Whether the request that took this is one too many. */
  public boolean exhausted() {
    return (limit.requests() > 0 && requestsLeft < 0) || (limit.tokens() > 0 && tokensLeft <= 0);
  }

  /** Whole seconds until all is there again, 1 at least. */
  public long resetSeconds() {
    return Math.max(1, (reset.toEpochMilli() - now.toEpochMilli() + 999) / 1000);
  }
}
