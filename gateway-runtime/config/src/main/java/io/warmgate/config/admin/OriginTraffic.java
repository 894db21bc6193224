package io.warmgate.config.admin;

/**
 * What became of exchanges with the origin: fills, validations, also in the background, and what is
 * passed on. Each counts once, however often it was tried.
 *
 * @param exchanges that ended: with an answer's head, or without. Those that the gateway held back
 *     by its own limits, or gave up because the client went, are none
 * @param errors among them: no answer, or a 5xx; whatever the client got instead
 * @param latency of those that were answered, from the first try to the answer's head
 */
public record OriginTraffic(long exchanges, long errors, Latencies latency) {
  public static final OriginTraffic NONE = new OriginTraffic(0, 0, Latencies.NONE);

  public OriginTraffic plus(OriginTraffic other) {
    return new OriginTraffic(
        exchanges + other.exchanges, errors + other.errors, latency.plus(other.latency));
  }

  /** Since {@code before}. */
  public OriginTraffic minus(OriginTraffic before) {
    return new OriginTraffic(
        Math.max(0, exchanges - before.exchanges),
        Math.max(0, errors - before.errors),
        latency.minus(before.latency));
  }
}
