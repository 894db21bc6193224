package io.warmgate.server.idempotency;

import io.vertx.core.Vertx;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginRequest;

/**
 * The origin of the first request with a key. What it is asked first counts; where it is asked
 * nothing, since another answered, the key is given back. Confined to the request's event loop.
 */
final class KeyedOrigin implements Origin {
  private final Vertx vertx;
  private final Origin origin;
  private final Exchange exchange;
  private final Reservation reservation;
  private final long maxBytes;
  private boolean asked;

  /**
   * @param maxBytes of an answer that is kept
   */
  KeyedOrigin(
      Vertx vertx, Origin origin, Exchange exchange, Reservation reservation, long maxBytes) {
    this.vertx = vertx;
    this.origin = origin;
    this.exchange = exchange;
    this.reservation = reservation;
    this.maxBytes = maxBytes;
  }

  @Override
  public OriginCall fetch(OriginRequest request) {
    if (asked) {
      return origin.fetch(request);
    }
    asked = true;
    return new KeyedCall(vertx, origin.fetch(request), exchange::isSent, reservation, maxBytes);
  }

  /** The exchange has its answer, or will have none. */
  void ended() {
    if (!asked) {
      reservation.release();
    }
  }
}
