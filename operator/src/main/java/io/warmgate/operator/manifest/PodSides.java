package io.warmgate.operator.manifest;

import java.util.Set;

/**
 * Which of a gateway's pod templates have pods, and which of them clients reach.
 *
 * @param serving the side that the Service leads to
 * @param kept every side that has pods, {@code serving} among them
 */
public record PodSides(String serving, Set<String> kept) {
  public PodSides {
    kept = Set.copyOf(kept);
    if (!kept.contains(serving)) {
      throw new IllegalArgumentException(serving + " is not among " + kept);
    }
  }

  /** One template alone. */
  public static PodSides one(String side) {
    return new PodSides(side, Set.of(side));
  }
}
