package io.warmgate.httpcache;

import org.jspecify.annotations.Nullable;

/**
 * How long beyond its freshness an entry may be used, <a
 * href="https://www.rfc-editor.org/rfc/rfc5861">RFC 5861</a>: as a response says, or, where it does
 * not, as the route's owner does. Milliseconds; null: nothing is said.
 *
 * @param whileRevalidateMillis §3, without waiting for the origin
 * @param ifErrorMillis §4, where the origin fails
 */
public record StaleWindows(@Nullable Long whileRevalidateMillis, @Nullable Long ifErrorMillis) {
  public static final StaleWindows NONE = new StaleWindows(null, null);

  public StaleWindows {
    notNegative("whileRevalidateMillis", whileRevalidateMillis);
    notNegative("ifErrorMillis", ifErrorMillis);
  }

  private static void notNegative(String what, @Nullable Long millis) {
    if (millis != null && millis < 0) {
      throw new IllegalArgumentException(what + " is negative: " + millis);
    }
  }
}
