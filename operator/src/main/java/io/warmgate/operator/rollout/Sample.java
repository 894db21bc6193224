package io.warmgate.operator.rollout;

import java.util.OptionalLong;

/**
 * What was measured of a release.
 *
 * @param exchanges with its backends: fills, validations, what is passed on, and warming
 * @param errors among them: no answer, or a 5xx, whatever the client got instead
 * @param p99Micros of the time to the answer's head; empty where nothing was answered
 * @param requests of clients that a cache may answer
 * @param hits among them
 */
public record Sample(
    long exchanges, long errors, OptionalLong p99Micros, long requests, long hits) {
  /** Of nothing. */
  public static final Sample NONE = new Sample(0, 0, OptionalLong.empty(), 0, 0);

  double errorPercent() {
    return exchanges == 0 ? 0 : 100.0 * errors / exchanges;
  }

  double hitPercent() {
    return requests == 0 ? 0 : 100.0 * hits / requests;
  }

  /** Share of the clients' requests, 0 to 1; negative where there are too few for a ratio. */
  public double hitRatio() {
    return requests < Judge.MIN_REQUESTS ? -1 : (double) hits / requests;
  }

  /** Whether there is enough to compare latencies by. */
  public boolean hasLatency() {
    return exchanges - errors >= Judge.MIN_LATENCIES;
  }
}
