package io.warmgate.server.listener;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Listener;
import io.warmgate.config.Rule;
import io.warmgate.server.Values;
import io.warmgate.server.access.AccessControl;
import io.warmgate.server.ai.ModelServing;
import io.warmgate.server.credential.Proofs;
import io.warmgate.server.exchange.Elsewhere;
import io.warmgate.server.exchange.Served.Front;
import io.warmgate.server.filter.CdnLoop;
import io.warmgate.server.filter.TrustedProxies;
import io.warmgate.server.routing.RouteTable;
import io.warmgate.server.traffic.TrafficBook;
import io.warmgate.server.version.VersionWatch;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was found good, before anything that runs is touched.
 *
 * @param fronts by the port that is bound
 * @param tls by the port that is bound
 * @param elsewhere who answers in this pod's place; null: nobody
 * @param access what is asked of callers
 * @param models what models are asked
 */
record Blueprint(
    GatewayConfig config,
    RouteTable routes,
    CdnLoop loop,
    Map<Integer, Front> fronts,
    Map<Integer, ServerTls> tls,
    @Nullable Elsewhere elsewhere,
    AccessControl.Plan access,
    ModelServing models) {

  /** Whether clients of a listener are asked for a certificate: some rule takes it. */
  private static ClientAuth clients(GatewayConfig config, Listener listener) {
    boolean asked =
        config.routes().stream()
            .filter(route -> route.listeners().contains(listener.name()))
            .flatMap(route -> route.allRules().stream())
            .map(Rule::access)
            .anyMatch(access -> access != null && access.certificates());
    return asked ? ClientAuth.REQUEST : ClientAuth.NONE;
  }

  /**
   * @param traffic where requests are counted
   * @param elsewhere what is made of two sides of pods
   * @param proofs told what questions to models say of credentials
   * @param versions told what answers of models say of versions
   * @throws io.warmgate.config.ConfigException where it is not good
   */
  static Blueprint of(
      Vertx vertx,
      GatewayConfig config,
      Values values,
      TrafficBook traffic,
      Elsewhere.Maker elsewhere,
      Proofs proofs,
      VersionWatch versions) {
    Map<Integer, Front> fronts = new HashMap<>();
    Map<Integer, ServerTls> tls = new HashMap<>();
    for (Listener listener : config.listeners()) {
      String path = "listeners[" + listener.name() + "].trustedProxies";
      ServerTls secure =
          listener.tls() == null
              ? null
              : ServerTls.of(vertx, listener, listener.tls(), clients(config, listener), values);
      if (secure != null) {
        tls.put(listener.bindPort(), secure);
      }
      fronts.put(
          listener.bindPort(),
          new Front(
              listener,
              new TrustedProxies(path, listener.trustedProxies()),
              secure == null ? null : secure.trust()));
    }
    return new Blueprint(
        config,
        RouteTable.compile(config, traffic),
        new CdnLoop(config.gateway().uid()),
        Map.copyOf(fronts),
        Map.copyOf(tls),
        elsewhere.of(config),
        AccessControl.plan(config, values),
        ModelServing.of(config, values, proofs, versions));
  }
}
