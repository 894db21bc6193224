package io.warmgate.operator.warm;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What all warming of a gateway together may cost its backends: a token bucket, whose rate is the
 * smallest that any of those that warm was given. A backend that fails is asked less, down to a
 * tenth, and more again as it answers (additive increase, multiplicative decrease).
 */
public final class OriginBudget {
  private static final double SLOWEST = 0.1;
  private static final double RECOVERY = 0.05;

  /** What may be saved up: so long a time's worth. */
  private static final double BURST_SECONDS = 0.2;

  private final LongSupplier nanos;
  private final Map<Object, Integer> rates = new HashMap<>();
  private double tokens;
  private double share = 1;
  private long filledAt;

  public OriginBudget() {
    this(System::nanoTime);
  }

  OriginBudget(LongSupplier nanos) {
    this.nanos = nanos;
    this.filledAt = nanos.getAsLong();
  }

  /** Somebody warms, and was given this rate, in requests a second. */
  synchronized void join(Object who, int perSecond) {
    rates.put(who, perSecond);
  }

  synchronized void leave(Object who) {
    rates.remove(who);
  }

  /**
   * Waits until at least one request is free.
   *
   * @return how many are, at most {@code wanted}
   */
  int take(int wanted) throws InterruptedException {
    while (true) {
      long wait;
      synchronized (this) {
        fill();
        int free = (int) Math.min(wanted, Math.floor(tokens));
        if (free >= 1) {
          tokens -= free;
          return free;
        }
        wait = (long) ((1 - tokens) / rate() * TimeUnit.SECONDS.toNanos(1)) + 1;
      }
      TimeUnit.NANOSECONDS.sleep(wait);
    }
  }

  /** Whether so many are free now. */
  synchronized boolean has(int wanted) {
    fill();
    return tokens >= wanted;
  }

  /** So many of those taken have cost no backend anything. */
  synchronized void giveBack(int unused) {
    tokens = Math.min(burst(), tokens + unused);
  }

  /**
   * What became of requests that were sent to backends.
   *
   * @param failed among {@code asked}
   */
  synchronized void outcome(int asked, int failed) {
    if (asked > 0) {
      share = failed * 5 > asked ? Math.max(SLOWEST, share / 2) : Math.min(1, share + RECOVERY);
    }
  }

  private void fill() {
    long now = nanos.getAsLong();
    tokens = Math.min(burst(), tokens + rate() * (now - filledAt) / TimeUnit.SECONDS.toNanos(1));
    filledAt = now;
  }

  /** Requests a second, now. */
  synchronized double rate() {
    int smallest = rates.values().stream().mapToInt(Integer::intValue).min().orElse(1);
    return smallest * share;
  }

  private double burst() {
    return Math.max(1, rate() * BURST_SECONDS);
  }
}
