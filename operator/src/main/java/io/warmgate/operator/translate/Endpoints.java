package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.operator.snapshot.ServiceKey;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** EndpointSlices into the sets that are pushed: what is ready and not terminating. */
public final class Endpoints {
  private Endpoints() {}

  /**
   * @param keys the Service ports that the configuration names
   * @param services by name
   * @param slices by the name of their Service
   * @return {@code namespace/service:port} → endpoints, by address; a Service that does not exist,
   *     or has no such port, has no set
   */
  public static Map<String, List<EndpointSets.Endpoint>> of(
      Set<ServiceKey> keys,
      Map<String, Service> services,
      Map<String, List<EndpointSlice>> slices) {
    Map<String, List<EndpointSets.Endpoint>> sets = new TreeMap<>();
    for (ServiceKey key : keys) {
      ServicePort port = port(services.get(key.name()), key.port());
      if (port != null) {
        sets.put(key.toString(), endpoints(port, slices.getOrDefault(key.name(), List.of())));
      }
    }
    return sets;
  }

  private static List<EndpointSets.Endpoint> endpoints(
      ServicePort port, List<EndpointSlice> slices) {
    Set<EndpointSets.Endpoint> found = new HashSet<>();
    for (EndpointSlice slice : slices) {
      Integer number = number(slice, port);
      if (number != null) {
        for (Endpoint endpoint : slice.getEndpoints()) {
          if (takesRequests(endpoint)) {
            endpoint
                .getAddresses()
                .forEach(address -> found.add(new EndpointSets.Endpoint(address, number)));
          }
        }
      }
    }
    return found.stream()
        .sorted(
            Comparator.comparing(EndpointSets.Endpoint::address)
                .thenComparingInt(EndpointSets.Endpoint::port))
        .toList();
  }

  /** A slice's port has the name of the Service's port that it is for. */
  private static @Nullable Integer number(EndpointSlice slice, ServicePort port) {
    String name = Objects.requireNonNullElse(port.getName(), "");
    return slice.getPorts().stream()
        .filter(any -> name.equals(Objects.requireNonNullElse(any.getName(), "")))
        .map(EndpointPort::getPort)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** An unknown readiness counts as ready (EndpointSlice v1, {@code EndpointConditions.ready}). */
  private static boolean takesRequests(Endpoint endpoint) {
    var conditions = endpoint.getConditions();
    return conditions == null
        || (!Boolean.FALSE.equals(conditions.getReady())
            && !Boolean.TRUE.equals(conditions.getTerminating()));
  }

  private static @Nullable ServicePort port(@Nullable Service service, int port) {
    return service == null
        ? null
        : service.getSpec().getPorts().stream()
            .filter(any -> any.getPort() == port)
            .findFirst()
            .orElse(null);
  }
}
