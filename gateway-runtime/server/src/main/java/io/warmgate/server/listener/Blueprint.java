package io.warmgate.server.listener;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Listener;
import io.warmgate.server.Values;
import io.warmgate.server.exchange.Served.Front;
import io.warmgate.server.filter.CdnLoop;
import io.warmgate.server.filter.TrustedProxies;
import io.warmgate.server.routing.RouteTable;
import io.warmgate.server.traffic.TrafficBook;
import java.util.HashMap;
import java.util.Map;

/**
 * A configuration that was found good, before anything that runs is touched.
 *
 * @param fronts by the port that is bound
 * @param certificates by the port that is bound
 */
record Blueprint(
    GatewayConfig config,
    RouteTable routes,
    CdnLoop loop,
    Map<Integer, Front> fronts,
    Map<Integer, PemKeyCertOptions> certificates) {

  /**
   * @param traffic where requests are counted
   * @throws io.warmgate.config.ConfigException where it is not good
   */
  static Blueprint of(Vertx vertx, GatewayConfig config, Values values, TrafficBook traffic) {
    Map<Integer, Front> fronts = new HashMap<>();
    Map<Integer, PemKeyCertOptions> certificates = new HashMap<>();
    for (Listener listener : config.listeners()) {
      String path = "listeners[" + listener.name() + "].trustedProxies";
      fronts.put(
          listener.bindPort(),
          new Front(listener, new TrustedProxies(path, listener.trustedProxies())));
      if (listener.tls() != null) {
        certificates.put(
            listener.bindPort(), ServerTls.certificate(vertx, listener, listener.tls(), values));
      }
    }
    return new Blueprint(
        config,
        RouteTable.compile(config, traffic),
        new CdnLoop(config.gateway().uid()),
        Map.copyOf(fronts),
        Map.copyOf(certificates));
  }
}
