package io.warmgate.server.exchange;

import io.warmgate.config.ClientLimits;
import io.warmgate.config.Listener;
import io.warmgate.server.filter.CdnLoop;
import io.warmgate.server.filter.TrustedProxies;
import io.warmgate.server.routing.RouteTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What requests are answered by: a configuration, compiled. Immutable; a request keeps the one it
 * began with.
 *
 * @param fronts listeners by the port that is bound
 * @param elsewhere who answers some of the requests in this pod's place; null: nobody
 * @param authenticator who finds out who asks
 * @param models who understands requests to models
 */
public record Served(
    RouteTable routes,
    Origins origins,
    CdnLoop loop,
    ClientLimits limits,
    Map<Integer, Front> fronts,
    @Nullable Elsewhere elsewhere,
    Authenticator authenticator,
    ModelStep models) {

  /**
   * A listener.
   *
   * @param trusted whose word about clients it takes
   * @param clients whose client certificates it takes; null: any
   */
  public record Front(Listener listener, TrustedProxies trusted, @Nullable ClientTrust clients) {}
}
