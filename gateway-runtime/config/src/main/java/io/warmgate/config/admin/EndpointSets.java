package io.warmgate.config.admin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who takes requests for every Service that the gateway refers to; a Service that is not named has
 * no set, one with an empty list has no endpoint.
 *
 * @param version counts up; an older one than the pod has is ignored
 * @param services {@code namespace/service:port} → endpoints
 */
public record EndpointSets(long version, Map<String, List<Endpoint>> services) {

  /**
   * An address that takes requests: ready and not terminating; where a Service has none such, one
   * that terminates and still serves.
   *
   * @param address IP address
   */
  public record Endpoint(String address, int port) {}

  public EndpointSets {
    services = new TreeMap<>(services);
    services.replaceAll((key, endpoints) -> List.copyOf(endpoints));
  }
}
