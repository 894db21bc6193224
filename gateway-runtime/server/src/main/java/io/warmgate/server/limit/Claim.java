package io.warmgate.server.limit;

import io.warmgate.server.limit.Allowance.Taken;
import org.jspecify.annotations.Nullable;

/**
 * What one request takes of a count, and where that was counted: some of it may be put back. Its
 * {@link Allowance} writes it; else confined to the request's event loop.
 */
class Claim {
  private long need;
  private @Nullable Taken taken;
  private long at;
  private long slice;

  /**
   * @param need of requests, 1; of what models take, as much as is expected. At least 1, and no
   *     more than the amount
   */
  Claim(long need) {
    this.need = need;
  }

  final long need() {
    return need;
  }

  /** So much instead; before it is taken. */
  final void needs(long expected) {
    need = expected;
  }

  /** How it was taken; null: it was not tried, or was put back. */
  final @Nullable Taken taken() {
    return taken;
  }

  final void taken(@Nullable Taken how) {
    taken = how;
  }

  /** Whether it is counted. */
  final boolean holds() {
    return taken == Taken.GRANTED || taken == Taken.ALONE;
  }

  /** When it was taken, {@link System#nanoTime()}. */
  final long at() {
    return at;
  }

  /** Where it was granted by Redis, the slice; else what the allowance calls the time before. */
  final long slice() {
    return slice;
  }

  final void at(long nanos, long inSlice) {
    at = nanos;
    slice = inSlice;
  }
}
