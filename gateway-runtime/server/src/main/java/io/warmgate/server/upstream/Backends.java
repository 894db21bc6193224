package io.warmgate.server.upstream;

import io.warmgate.config.Backend;
import io.warmgate.config.GatewayConfig;
import io.warmgate.server.Values;
import java.util.HashMap;
import java.util.Map;

/** The backends of a configuration. Those that did not change keep their state. */
public final class Backends {
  /** Of no configuration. */
  public static final Backends NONE = new Backends(Map.of());

  private final Map<String, BackendPool> pools;

  private Backends(Map<String, BackendPool> pools) {
    this.pools = pools;
  }

  /**
   * @throws io.warmgate.config.ConfigException where a value is missing
   */
  public Backends next(GatewayConfig config, Values values, Upstream upstream) {
    Map<String, BackendPool> next = new HashMap<>();
    for (Backend backend : config.backends()) {
      BackendPool before = pools.get(backend.id());
      next.put(
          backend.id(),
          before != null && before.backend().equals(backend)
              ? before
              : upstream.pool(backend, values));
    }
    return new Backends(Map.copyOf(next));
  }

  BackendPool pool(String id) {
    BackendPool pool = pools.get(id);
    if (pool == null) {
      throw new IllegalStateException("no backend " + id);
    }
    return pool;
  }
}
