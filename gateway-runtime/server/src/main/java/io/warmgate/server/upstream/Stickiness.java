package io.warmgate.server.upstream;

import io.warmgate.config.LoadBalancing;
import io.warmgate.server.exchange.Exchange;
import org.jspecify.annotations.Nullable;

/** What a request is hashed on; where it has no such value, its client's address. */
final class Stickiness {
  private Stickiness() {}

  static long hash(LoadBalancing balancing, Exchange exchange) {
    LoadBalancing.HashOn on = balancing.hashOn();
    if (on == null) {
      return 0;
    }
    String value =
        switch (on.source()) {
          case HEADER -> exchange.request().getHeader(on.name());
          case COOKIE -> cookie(exchange, on.name());
          case CLIENT_IP -> null;
        };
    return Hash.of(value == null ? exchange.client().address() : value);
  }

  private static @Nullable String cookie(Exchange exchange, @Nullable String name) {
    var cookie = name == null ? null : exchange.request().getCookie(name);
    return cookie == null ? null : cookie.getValue();
  }
}
