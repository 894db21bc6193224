package io.warmgate.aisimulator.model;

import java.time.Instant;
import java.time.InstantSource;

/** Counts one window after the other, each from the first request in it. */
final class RateWindow {
  private final RateLimit limit;
  private final InstantSource clock;
  private Instant end = Instant.MIN;
  private int requests;
  private int tokens;

  RateWindow(RateLimit limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** Takes one request and says what is left. */
  synchronized RateStanding take() {
    Instant now = clock.instant();
    if (!now.isBefore(end)) {
      end = now.plusSeconds(limit.windowSeconds());
      requests = 0;
      tokens = 0;
    }
    var standing =
        new RateStanding(limit, limit.requests() - requests - 1, limit.tokens() - tokens, now, end);
    if (!standing.exhausted()) {
      requests++;
    }
    return standing;
  }

  synchronized void spend(int more) {
    tokens += more;
  }
}
