package io.warmgate.server.limit;

import java.util.Arrays;

/**
 * What was counted within the last window: it is cut into {@value #SLICES} slices, and a count goes
 * when the whole slice that it was made in is older than the window. So what is admitted while
 * {@link #used} is at most an amount is at most that amount within <em>any</em> time as long as the
 * window, which is what {@link io.warmgate.config.Limit} promises; it costs up to a twentieth of
 * what might have been admitted.
 *
 * <p>Why not the generic cell rate algorithm (ITU-T I.371, annex A), or a token bucket, which is
 * the same: one that lets the whole amount through at once, as a quota does, lets nearly twice the
 * amount through within one window, since it refills meanwhile. A fixed window does so at its edge.
 * A log of every request is exact too, and as large as the amount.
 *
 * <p>Times are of any unit and origin, and never go back. Not safe for threads.
 */
final class SlidingWindow {
  static final int SLICES = 20;

  private final long[] counts = new long[SLICES + 1];
  private final long width;
  private long newest = Long.MIN_VALUE;
  private long used;

  /**
   * @param length at least 1
   */
  SlidingWindow(long length) {
    this.width = Math.ceilDiv(length, SLICES);
  }

  /** What was counted within the window that ends now. */
  long used(long now) {
    advance(now);
    return used;
  }

  void add(long now, long count) {
    advance(now);
    counts[slot(newest)] += count;
    used += count;
  }

  /**
   * Takes back some of what was counted, as far as there is any.
   *
   * @param at when it was counted
   */
  void takeBack(long now, long at, long count) {
    advance(now);
    long slice = Math.floorDiv(at, width);
    if (slice <= newest && newest - slice <= SLICES) {
      int slot = slot(slice);
      long changed = Math.min(counts[slot], count);
      counts[slot] -= changed;
      used -= changed;
    }
  }

  /** Until the oldest count goes; 0 where there is none. */
  long untilLess(long now) {
    advance(now);
    for (long slice = newest - SLICES; slice <= newest; slice++) {
      if (counts[slot(slice)] > 0) {
        return (slice + SLICES + 1) * width - now;
      }
    }
    return 0;
  }

  private void advance(long now) {
    long slice = Math.floorDiv(now, width);
    if (newest == Long.MIN_VALUE || slice - newest > SLICES) {
      Arrays.fill(counts, 0);
      used = 0;
      newest = slice;
    }
    while (newest < slice) {
      newest++;
      used -= counts[slot(newest)];
      counts[slot(newest)] = 0;
    }
  }

  private static int slot(long slice) {
    return (int) Math.floorMod(slice, SLICES + 1L);
  }
}
