package io.warmgate.server.idempotency;

import io.vertx.redis.client.Request;

/** What is to be told to Redis of a reservation that is over. One of a kind: compared as itself. */
final class Untold {
  /** Beside the content, an estimate. */
  private static final int OVERHEAD = 1_024;

  private final Reservation reservation;
  private final Request request;
  private final int bytes;
  private final long since = System.nanoTime();

  Untold(Reservation reservation, Request request, int content) {
    this.reservation = reservation;
    this.request = request;
    this.bytes = content + OVERHEAD;
  }

  Reservation reservation() {
    return reservation;
  }

  Request request() {
    return request;
  }

  int bytes() {
    return bytes;
  }

  /** {@link System#nanoTime()} when the reservation was over. */
  long since() {
    return since;
  }
}
