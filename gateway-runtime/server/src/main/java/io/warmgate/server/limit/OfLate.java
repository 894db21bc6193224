package io.warmgate.server.limit;

import org.jspecify.annotations.Nullable;

/**
 * How much an answer is expected to be, in tokens that it writes or in microseconds that it takes:
 * the average of those that ended of late and of those that are being written, which count as what
 * was expected of them.
 *
 * <p>Who answers first is short. An average of answers that have ended alone is too low while the
 * long ones of a storm are still being written, and admits more of them; those that are under way
 * keep it up until they have ended, too. As many of the answers that ended count as are under way,
 * and {@value #ANSWERS} at least, so that the average follows within one generation of requests
 * however many there are at once. What is guessed before the first answer counts as {@value
 * #GUESSES} answers: one that happens to be short does not let everybody in. {@code StormTest} has
 * the figures that this was chosen by.
 *
 * <p>Safe for threads.
 */
final class OfLate {
  /** Of tokens, before the first answer. */
  static final long TOKENS = 512;

  /** Of microseconds, before the first answer. */
  static final long MICROS = 1_000_000;

  private static final int GUESSES = 2;
  private static final int ANSWERS = 16;

  private double average;
  private int answers = GUESSES;
  private int underWay;
  private long expectedOfThose;

  /**
   * @param guess before the first answer
   */
  OfLate(long guess) {
    this.average = guess;
  }

  /** An answer begins. */
  synchronized void begins(long expected) {
    underWay++;
    expectedOfThose += expected;
  }

  /** It has ended, or nothing comes of it. */
  synchronized void ends(long expected) {
    underWay--;
    expectedOfThose -= expected;
  }

  /** One came to its end, and was so much. */
  synchronized void was(long much) {
    answers = Math.min(Math.max(ANSWERS, underWay), answers + 1);
    average += (much - average) / answers;
  }

  /**
   * @param most that it may be; null: nobody said
   */
  synchronized long expected(@Nullable Long most) {
    double sum = answers * average + expectedOfThose;
    long usual = (long) Math.ceil(sum / (answers + underWay));
    return most == null ? usual : Math.min(most, usual);
  }
}
