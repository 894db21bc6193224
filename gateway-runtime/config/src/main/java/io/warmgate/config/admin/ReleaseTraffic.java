package io.warmgate.config.admin;

/**
 * What was counted of a rule's requests that one release answers.
 *
 * @param since when counting began: the pod's uptime in milliseconds. Where it is another, the
 *     numbers began at zero since: the configuration did not name the generation for a while
 */
public record ReleaseTraffic(
    String generation, long since, ClientTraffic clients, OriginTraffic origin) {

  /** What was counted since {@code before}, of the same pod. */
  public ReleaseTraffic minus(ReleaseTraffic before) {
    return before.since == since
        ? new ReleaseTraffic(
            generation, since, clients.minus(before.clients), origin.minus(before.origin))
        : this;
  }

  /** Both together, of the same generation. */
  public ReleaseTraffic plus(ReleaseTraffic other) {
    return new ReleaseTraffic(
        generation,
        Math.min(since, other.since),
        clients.plus(other.clients),
        origin.plus(other.origin));
  }
}
