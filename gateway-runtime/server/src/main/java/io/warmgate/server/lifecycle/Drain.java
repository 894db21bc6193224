package io.warmgate.server.lifecycle;

import java.time.Duration;

/**
 * How a pod ends, once it was told to. In the first two times everything is taken and answered as
 * before, but each answer ends its connection, so that clients move on.
 *
 * <p>It stays ready at first: its deletion alone takes a pod out of Services that have another, and
 * where all of a Service's pods are being deleted, connections go to those that are still ready
 * (KEP-1669), for as long as others usually take to start. Then it is unready, for as long as it
 * takes that everybody has seen it, also where the container ends and the pod stays.
 *
 * @param ready goes on, and is ready
 * @param unready goes on, and is not: two probes and what comes of them
 * @param grace for requests under way; nothing more is taken
 */
public record Drain(Duration ready, Duration unready, Duration grace) {

  /** Together less than the pod's grace of 60 s. */
  public static final Drain OF_A_POD =
      new Drain(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(40));
}
