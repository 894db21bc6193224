package io.warmgate.operator.rollout;

import org.jspecify.annotations.Nullable;

/**
 * Which release has which share of a route's requests.
 *
 * @param first the release that has the rest of them
 * @param other the release beside it; null: none
 * @param percent the other's share, 0 to 100
 */
public record Sides(String first, @Nullable String other, int percent) {
  public Sides {
    if (percent < 0 || percent > 100 || (other == null && percent != 0)) {
      throw new IllegalArgumentException("percent is " + percent + " of " + other);
    }
    if (first.equals(other)) {
      throw new IllegalArgumentException("one release on both sides: " + first);
    }
  }

  static Sides one(String release) {
    return new Sides(release, null, 0);
  }
}
