package io.warmgate.server.upstream;

import io.warmgate.config.LoadBalancing;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.routing.ClientHash;

/** What a request is hashed on; where it has no such value, its client's address. */
final class Stickiness {
  private Stickiness() {}

  static long hash(LoadBalancing balancing, Exchange exchange) {
    LoadBalancing.HashOn on = balancing.hashOn();
    return on == null ? 0 : ClientHash.of(on, exchange.request(), exchange.client().address());
  }
}
