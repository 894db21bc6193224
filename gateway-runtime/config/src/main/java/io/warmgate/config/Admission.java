package io.warmgate.config;

import org.jspecify.annotations.Nullable;

/**
 * Which answers are worth their place.
 *
 * @param minBodyBytes smaller ones are not stored
 * @param maxBodyBytes larger ones are not stored; null: as large as the stores take
 * @param minUses stored at so many requests for the same within {@code withinMillis}; 1: at the
 *     first
 * @param withinMillis of no meaning where {@code minUses} is 1
 */
public record Admission(
    long minBodyBytes, @Nullable Long maxBodyBytes, int minUses, long withinMillis) {
  /** All are. */
  public static final Admission ALL = new Admission(0, null, 1, 0);

  public Admission {
    Check.range("minBodyBytes", minBodyBytes, 0, Long.MAX_VALUE);
    Check.range("maxBodyBytes", maxBodyBytes == null ? 0 : maxBodyBytes, 0, Long.MAX_VALUE);
    Check.range("minUses", minUses, 1, 1_000);
    Check.range("withinMillis", withinMillis, minUses == 1 ? 0 : 1, Long.MAX_VALUE);
  }
}
