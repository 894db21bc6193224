package io.warmgate.server.limit;

import org.jspecify.annotations.Nullable;

/**
 * How many tokens answers wrote of late, on average: what the next one is expected to write. Safe
 * for threads.
 */
final class OutputOfLate {
  /** Before the first answer. */
  static final long UNKNOWN = 512;

  /** Of so many answers, about. */
  private static final int ANSWERS = 16;

  private double average;
  private int answers;

  synchronized void wrote(long tokens) {
    answers = Math.min(ANSWERS, answers + 1);
    average += (tokens - average) / answers;
  }

  /**
   * @param most that may be written; null: nobody said
   */
  synchronized long expected(@Nullable Long most) {
    long usual = answers == 0 ? UNKNOWN : (long) Math.ceil(average);
    return most == null ? usual : Math.min(most, usual);
  }
}
