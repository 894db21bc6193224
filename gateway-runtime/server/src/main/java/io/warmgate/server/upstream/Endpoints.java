package io.warmgate.server.upstream;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The same endpoint for the same address, so that it stays known how it does when sets change. Safe
 * for every thread.
 */
public final class Endpoints {
  private volatile Known known = new Known(List.of(), List.of());

  private record Known(List<InetSocketAddress> addresses, List<Endpoint> endpoints) {}

  /**
   * @param addresses immutable; another list is a change
   */
  @SuppressWarnings("ReferenceEquality")
  public List<Endpoint> of(List<InetSocketAddress> addresses) {
    Known now = known;
    if (now.addresses == addresses) {
      return now.endpoints;
    }
    Map<InetSocketAddress, Endpoint> before = new HashMap<>();
    now.endpoints.forEach(endpoint -> before.put(endpoint.inet(), endpoint));
    List<Endpoint> endpoints =
        addresses.stream().map(a -> before.computeIfAbsent(a, Endpoint::new)).toList();
    known = new Known(addresses, endpoints);
    return endpoints;
  }
}
