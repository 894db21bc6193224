package io.warmgate.server.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What asking a model will take, as far as it is known before.
 *
 * @param answers that are paid for: 1, or 0
 * @param input tokens that it reads, by the length of what is asked
 * @param mostOutput the most tokens that it may write; null: as many as the model has
 */
public record Expected(long answers, long input, @Nullable Long mostOutput) {
  /** To be told what a model is. */
  public static final Expected NOTHING = new Expected(0, 0, 0L);

  /** Of one answer. */
  public Expected(long input, @Nullable Long mostOutput) {
    this(1, input, mostOutput);
  }
}
