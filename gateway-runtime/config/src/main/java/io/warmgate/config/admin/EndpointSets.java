package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who takes requests for every Service that the gateway refers to; a Service that is not named has
 * no set, one with an empty list has no endpoint.
 *
 * @param version counts up; an older one than the pod has is ignored
 * @param services {@code namespace/service:port} → endpoints
 * @param sides name of a side of the gateway's own pods → those that take requests that are handed
 *     over; empty, and then not written, while there is one side alone
 */
public record EndpointSets(
    long version,
    Map<String, List<Endpoint>> services,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<Endpoint>> sides) {

  /**
   * An address that takes requests: ready and not terminating; where a Service has none such, one
   * that terminates and still serves.
   *
   * @param address IP address
   */
  public record Endpoint(String address, int port) {}

  public EndpointSets {
    services = copy(services);
    sides = sides == null ? Map.of() : copy(sides);
  }

  /** For pods of one side. */
  public EndpointSets(long version, Map<String, List<Endpoint>> services) {
    this(version, services, Map.of());
  }

  private static Map<String, List<Endpoint>> copy(Map<String, List<Endpoint>> sets) {
    Map<String, List<Endpoint>> copy = new TreeMap<>(sets);
    copy.replaceAll((key, endpoints) -> List.copyOf(endpoints));
    return copy;
  }
}
