package io.warmgate.server.routing;

import io.vertx.core.MultiMap;
import io.warmgate.server.uri.Target;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one listener. A host is looked up whole, then by its suffixes from the longest on,
 * then rules for every host; where the more exact host has no rule for the request the next is
 * asked, since hosts are precedence, not walls (HTTPRouteSpec.hostnames).
 */
final class HostTable {
  private final @Nullable String listenerHost;
  private final Map<String, PathTable> exact = new HashMap<>();
  private final Map<String, PathTable> suffixes = new HashMap<>();
  private final PathTable any = new PathTable();

  /**
   * @param listenerHost null takes every host
   */
  HostTable(@Nullable String listenerHost) {
    this.listenerHost = listenerHost;
  }

  /**
   * The table for a route's host; only the part of it that is the listener's too is ever found,
   * since {@link #takes} is asked first.
   *
   * @param host exact, or {@code *.} and a suffix; empty: every host
   */
  PathTable table(String host) {
    if (host.isEmpty()) {
      return any;
    }
    return host.startsWith("*.")
        ? suffixes.computeIfAbsent(host.substring(1), _ -> new PathTable())
        : exact.computeIfAbsent(host, _ -> new PathTable());
  }

  void freeze() {
    exact.values().forEach(PathTable::freeze);
    suffixes.values().forEach(PathTable::freeze);
    any.freeze();
  }

  boolean takes(String host) {
    if (listenerHost == null) {
      return true;
    }
    return listenerHost.startsWith("*.")
        ? host.length() > listenerHost.length() - 1 && host.endsWith(listenerHost.substring(1))
        : host.equals(listenerHost);
  }

  @Nullable Matched find(Target target, String method, MultiMap headers, @Nullable SideDraw sides) {
    String host = target.host();
    Matched found = find(exact.get(host), target, method, headers, sides);
    if (found == null && !suffixes.isEmpty()) {
      for (int dot = host.indexOf('.');
          dot > 0 && found == null;
          dot = host.indexOf('.', dot + 1)) {
        found = find(suffixes.get(host.substring(dot)), target, method, headers, sides);
      }
    }
    return found != null ? found : find(any, target, method, headers, sides);
  }

  private static @Nullable Matched find(
      @Nullable PathTable table,
      Target target,
      String method,
      MultiMap headers,
      @Nullable SideDraw sides) {
    return table == null ? null : table.find(target.path(), method, headers, target.query(), sides);
  }
}
