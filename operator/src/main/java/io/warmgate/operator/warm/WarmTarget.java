package io.warmgate.operator.warm;

import java.time.Instant;

/**
 * What is to be warm.
 *
 * @param route {@code namespace/name}
 * @param release its name
 * @param attempt warming begins again for a later one
 * @param limits what it may cost
 * @param reach how far an entry that one pod has made is seen
 */
public record WarmTarget(
    String route, String release, Instant attempt, Limits limits, Reach reach) {

  /**
   * @param topKeys at most so many requests
   * @param originRps that many a second to backends
   * @param concurrency that many at once
   */
  public record Limits(int topKeys, int originRps, int concurrency) {}

  /** Who sees an entry. */
  public enum Reach {
    /** Every pod: they share a Redis. */
    ALL_PODS,
    /** The pod that made it alone. */
    ONE_POD
  }
}
