package io.warmgate.server.upstream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Retries are at most a fifth of requests, so that they cannot multiply the load on a backend that
 * fails for having too much of it. A few are free, so that a quiet backend has them too.
 */
final class RetryBudget {
  private static final long COST = 5;
  private static final long MAX = 100 * COST;
  private final AtomicLong credit = new AtomicLong(10 * COST);

  void request() {
    if (credit.get() < MAX) {
      credit.incrementAndGet();
    }
  }

  boolean tryRetry() {
    return credit.getAndUpdate(c -> c >= COST ? c - COST : c) >= COST;
  }
}
