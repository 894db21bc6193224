package io.warmgate.server.limit;

import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginRequest;

/**
 * Models of which one may be asked after the other until an answer begins: so long the request's
 * claims stand, whether one is being asked or not.
 */
record SpendingOrigin(Origin origin, Exchange exchange, Spending spending) implements Origin {

  @Override
  public OriginCall fetch(OriginRequest request) {
    if (exchange.reply().begun()) {
      return origin.fetch(request);
    }
    spending.begin();
    OriginCall call;
    try {
      call = origin.fetch(request);
    } catch (RuntimeException e) {
      spending.end();
      throw e;
    }
    call.head().onComplete(_ -> spending.end());
    return call;
  }
}
