package io.warmgate.operator.gather;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.operator.snapshot.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who takes requests for Service ports, out of EndpointSlices ({@code discovery.k8s.io/v1}): pure.
 * The ready endpoints; where there are none, those that terminate and still serve (KEP-1669).
 *
 * <p>A slice's ports are matched by the Service port's name, empty where it has one port alone. An
 * endpoint without a word on {@code ready} or {@code serving} is, as the API says.
 */
public final class EndpointTable {
  /** Names the Service that a slice belongs to. */
  public static final String SERVICE_LABEL = "kubernetes.io/service-name";

  private EndpointTable() {}

  /**
   * @param services by name; a Service of type ExternalName has no set, nor has one whose endpoints
   *     are names: pods ask such a Service by its own
   * @param slices of those Services, all of one namespace
   * @return {@code namespace/service:port} → endpoints in order
   */
  public static Map<String, List<EndpointSets.Endpoint>> of(
      Collection<ServiceKey> wanted,
      Map<String, Service> services,
      Collection<EndpointSlice> slices) {
    Map<String, List<EndpointSets.Endpoint>> table = new TreeMap<>();
    for (ServiceKey key : wanted) {
      port(services.get(key.name()), key.port())
          .ifPresent(port -> add(table, key, port, of(key, slices)));
    }
    return table;
  }

  private static List<EndpointSlice> of(ServiceKey key, Collection<EndpointSlice> slices) {
    return slices.stream()
        .filter(slice -> key.name().equals(slice.getMetadata().getLabels().get(SERVICE_LABEL)))
        .toList();
  }

  private static void add(
      Map<String, List<EndpointSets.Endpoint>> table,
      ServiceKey key,
      ServicePort port,
      List<EndpointSlice> slices) {
    List<EndpointSlice> addresses =
        slices.stream().filter(slice -> !"FQDN".equals(slice.getAddressType())).toList();
    if (slices.isEmpty() || !addresses.isEmpty()) {
      table.put(key.toString(), endpoints(port, addresses));
    }
  }

  private static Optional<ServicePort> port(@Nullable Service service, int number) {
    if (service == null || "ExternalName".equals(service.getSpec().getType())) {
      return Optional.empty();
    }
    return service.getSpec().getPorts().stream()
        .filter(port -> port.getPort() == number)
        .findFirst();
  }

  private static List<EndpointSets.Endpoint> endpoints(
      ServicePort port, List<EndpointSlice> slices) {
    List<EndpointSets.Endpoint> ready = endpoints(slices, port, EndpointTable::takesRequests);
    return ready.isEmpty() ? endpoints(slices, port, EndpointTable::isLastResort) : ready;
  }

  private static List<EndpointSets.Endpoint> endpoints(
      List<EndpointSlice> slices, ServicePort port, Predicate<EndpointConditions> eligible) {
    List<EndpointSets.Endpoint> found = new ArrayList<>();
    slices.forEach(slice -> add(found, slice, port, eligible));
    return found.stream()
        .distinct()
        .sorted(
            Comparator.comparing(EndpointSets.Endpoint::address)
                .thenComparingInt(EndpointSets.Endpoint::port))
        .toList();
  }

  private static void add(
      List<EndpointSets.Endpoint> found,
      EndpointSlice slice,
      ServicePort service,
      Predicate<EndpointConditions> eligible) {
    String name = Objects.requireNonNullElse(service.getName(), "");
    for (EndpointPort port : slice.getPorts()) {
      if (port.getPort() != null && name.equals(Objects.requireNonNullElse(port.getName(), ""))) {
        slice.getEndpoints().stream()
            .filter(endpoint -> eligible.test(conditions(endpoint)))
            .map(Endpoint::getAddresses)
            .filter(addresses -> !addresses.isEmpty())
            // "Implementations should take the first": all of them mean the same pod.
            .map(addresses -> new EndpointSets.Endpoint(addresses.getFirst(), port.getPort()))
            .forEach(found::add);
      }
    }
  }

  private static EndpointConditions conditions(Endpoint endpoint) {
    return Objects.requireNonNullElseGet(endpoint.getConditions(), EndpointConditions::new);
  }

  private static boolean takesRequests(EndpointConditions conditions) {
    return !Boolean.FALSE.equals(conditions.getReady())
        && !Boolean.TRUE.equals(conditions.getTerminating());
  }

  private static boolean isLastResort(EndpointConditions conditions) {
    return !Boolean.FALSE.equals(conditions.getServing())
        && Boolean.TRUE.equals(conditions.getTerminating());
  }
}
