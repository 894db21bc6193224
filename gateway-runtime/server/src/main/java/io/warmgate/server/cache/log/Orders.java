package io.warmgate.server.cache.log;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.httpcache.purge.Purge;
import io.warmgate.httpcache.purge.Purge.All;
import io.warmgate.httpcache.purge.Purge.Hosts;
import io.warmgate.httpcache.purge.Purge.Keys;
import io.warmgate.httpcache.purge.Purge.Mode;
import io.warmgate.httpcache.purge.Purge.Paths;
import io.warmgate.httpcache.purge.Purge.Prefix;
import io.warmgate.httpcache.purge.Purge.Selector;
import io.warmgate.httpcache.purge.Purge.Tags;
import java.util.Set;

/** Reads a purge out of an order. */
final class Orders {
  private Orders() {}

  static Purge purge(PurgeOrder order, Position position, long atMillis) {
    PurgeRequest request = order.request();
    Mode mode =
        switch (request.mode()) {
          case HARD -> Mode.HARD;
          case SOFT -> Mode.SOFT;
        };
    return new Purge(order.id(), position, mode, atMillis, selector(request));
  }

  private static Selector selector(PurgeRequest request) {
    Set<String> hosts = Set.copyOf(request.hosts());
    if (request.all()) {
      return new All();
    }
    if (!request.tags().isEmpty()) {
      return new Tags(hosts, Set.copyOf(request.tags()));
    }
    if (!request.paths().isEmpty()) {
      return new Paths(hosts, Set.copyOf(request.paths()));
    }
    if (!request.keys().isEmpty()) {
      return new Keys(Set.copyOf(request.keys()));
    }
    String prefix = request.prefix();
    return prefix == null ? new Hosts(hosts) : new Prefix(hosts, prefix);
  }
}
