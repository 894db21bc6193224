package io.warmgate.server;

import io.warmgate.config.Backend;
import io.warmgate.config.BackendLimits;
import io.warmgate.config.BackendRef;
import io.warmgate.config.BackendTls;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.ClientLimits;
import io.warmgate.config.Ejection;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.GatewayRef;
import io.warmgate.config.Listener;
import io.warmgate.config.LoadBalancing;
import io.warmgate.config.Match;
import io.warmgate.config.PathMatch;
import io.warmgate.config.Retry;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Telemetry;
import io.warmgate.config.Timeouts;
import io.warmgate.config.ValueRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configurations with one route to one backend. */
public final class TestConfigs {
  public static final String GATEWAY = "gateway-uid";
  public static final ValueRef PASSWORD = new ValueRef("shop/edge-cache/password", "ab".repeat(32));

  private TestConfigs() {}

  /** One HTTP listener on {@code bindPort}, everything to a backend on loopback. */
  public static GatewayConfig proxy(int bindPort, int backendPort, String generation) {
    return proxy(bindPort, backendPort, generation, null, new Telemetry(true, null));
  }

  public static GatewayConfig proxy(
      int bindPort,
      int backendPort,
      String generation,
      @Nullable BackendTls tls,
      Telemetry telemetry) {
    return new GatewayConfig(
        new GatewayRef("shop", "edge", GATEWAY),
        List.of(
            new Listener(
                "http", bindPort, bindPort, Listener.Protocol.HTTP, null, null, List.of())),
        List.of(new Route("shop/all", List.of("http"), List.of(), List.of(rule(generation)))),
        List.of(
            new Backend(
                "origin",
                new Backend.Url("127.0.0.1", backendPort, ""),
                tls,
                new LoadBalancing(LoadBalancing.Policy.LEAST_REQUEST, null),
                new Ejection(0, 0),
                new BackendLimits(null, null, 0, 0))),
        new CacheLayers(1 << 20, null),
        new ClientLimits(16_384, 1 << 20, 10_000, 60_000, 1_000),
        telemetry);
  }

  /** Asks the backend over TLS with a certificate authority that is a value. */
  public static GatewayConfig naming(ValueRef value, int bindPort) {
    return proxy(
        bindPort, 1, "g1", new BackendTls("origin", value, null, null), new Telemetry(false, null));
  }

  private static Rule rule(String generation) {
    return new Rule(
        "0",
        List.of(new Match(new PathMatch(PathMatch.Type.PREFIX, "/"), List.of(), List.of(), null)),
        List.of(),
        List.of(new BackendRef("origin", 1, generation)),
        null,
        new Timeouts(10_000, 0),
        new Retry(0, 0),
        null);
  }
}
