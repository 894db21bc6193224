package io.warmgate.server.cache.log;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.httpcache.purge.Purge.All;
import io.warmgate.httpcache.purge.Purge.Hosts;
import io.warmgate.httpcache.purge.Purge.Paths;
import io.warmgate.httpcache.purge.Purge.Prefix;
import io.warmgate.httpcache.purge.Purge.Selector;
import java.util.Set;

/** Reads the selector out of an order. */
final class Orders {
  private Orders() {}

  static Selector selector(PurgeOrder order) {
    Set<String> hosts = Set.copyOf(order.hosts());
    if (order.all()) {
      return new All();
    }
    if (!order.paths().isEmpty()) {
      return new Paths(hosts, Set.copyOf(order.paths()));
    }
    String prefix = order.prefix();
    return prefix == null ? new Hosts(hosts) : new Prefix(hosts, prefix);
  }
}
