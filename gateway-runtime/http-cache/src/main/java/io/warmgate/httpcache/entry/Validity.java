package io.warmgate.httpcache.entry;

import io.warmgate.httpcache.StaleWindows;
import java.util.Set;

/**
 * How long an entry may be used, decided once when it is stored; all in milliseconds.
 *
 * @param requestMillis when the request was sent; after the log position, it orders fills
 * @param responseMillis when the response was received
 * @param initialAgeMillis {@code corrected_initial_age} of RFC 9111 §4.2.3
 * @param lifetimeMillis {@code freshness_lifetime} of RFC 9111 §4.2.1
 * @param stale how long it may be used beyond that, as the response says
 */
public record Validity(
    long requestMillis,
    long responseMillis,
    long initialAgeMillis,
    long lifetimeMillis,
    StaleWindows stale,
    Set<Constraint> constraints) {

  /** What the response forbids. */
  public enum Constraint {
    /** Never used without validation (RFC 9111 §5.2.2.4). */
    NO_CACHE,
    /** Never used stale (RFC 9111 §5.2.2.2, §5.2.2.8, §5.2.2.10). */
    MUST_REVALIDATE
  }

  public Validity {
    notNegative("requestMillis", requestMillis);
    notNegative("responseMillis", responseMillis);
    notNegative("initialAgeMillis", initialAgeMillis);
    notNegative("lifetimeMillis", lifetimeMillis);
    constraints = Set.copyOf(constraints);
  }

  /**
   * As if the lifetime had ended then, where it had not.
   *
   * @param millis when
   */
  public Validity endedAt(long millis) {
    long age = Math.max(0, initialAgeMillis + (millis - responseMillis));
    return age >= lifetimeMillis
        ? this
        : new Validity(requestMillis, responseMillis, initialAgeMillis, age, stale, constraints);
  }

  private static void notNegative(String what, long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException(what + " is negative: " + millis);
    }
  }
}
