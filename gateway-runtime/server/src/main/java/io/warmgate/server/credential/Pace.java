package io.warmgate.server.credential;

import org.jspecify.annotations.Nullable;

/**
 * When a credential is checked again.
 *
 * @param usualMillis where all is well: seldom, since each pod asks for itself
 * @param firstMillis after a check that was not passed; twice as long after each further one
 * @param soonMillis where a question says something else than the check did
 */
public record Pace(long usualMillis, long firstMillis, long soonMillis) {
  public static final Pace USUAL = new Pace(600_000, 5_000, 1_000);

  /**
   * In milliseconds.
   *
   * @param failures checks after each other that were refused or not answered
   * @param retryAfterSeconds as the provider said; null: it did not
   * @param random from 0 to below 1, so that pods do not ask all at once
   */
  long next(int failures, @Nullable Long retryAfterSeconds, double random) {
    if (failures == 0) {
      return Math.round(usualMillis * (0.8 + 0.4 * random));
    }
    long backoff = Math.min(usualMillis, firstMillis << Math.min(failures - 1, 20));
    long said = retryAfterSeconds == null ? 0 : Math.min(usualMillis, retryAfterSeconds * 1_000);
    return said + Math.round(backoff * (0.5 + 0.5 * random));
  }
}
