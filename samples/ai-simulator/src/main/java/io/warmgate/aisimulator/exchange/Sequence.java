package io.warmgate.aisimulator.exchange;

import java.util.concurrent.atomic.AtomicLong;

/** Ids that no other answer of this simulator has. */
public final class Sequence {
  private final AtomicLong last = new AtomicLong();

  /** A prefix and 24 digits. */
  public String next(String prefix) {
    return prefix + "%024d".formatted(last.incrementAndGet());
  }
}
