package io.warmgate.local.network;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.warmgate.local.network.Frontend.Exposure;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Services and EndpointSlices, as kube-proxy reads them: the ready endpoints; where there are none,
 * those that terminate and still serve (KEP-1669). UDP and SCTP ports are left out.
 */
public final class ForwardingTable {
  /** The EndpointSlice label that names its Service. */
  public static final String SERVICE_NAME = "kubernetes.io/service-name";

  private ForwardingTable() {}

  /**
   * The table.
   *
   * @param clusterAddress the address of a Service by {@code namespace/name}
   */
  public static List<Frontend> of(
      List<Service> services, List<EndpointSlice> slices, Function<String, String> clusterAddress) {
    var table = new ArrayList<Frontend>();
    for (Service service : services) {
      if (headless(service) || service.getSpec().getPorts() == null) {
        continue;
      }
      String namespace = service.getMetadata().getNamespace();
      String name = service.getMetadata().getName();
      String address = clusterAddress.apply(namespace + "/" + name);
      for (ServicePort port : service.getSpec().getPorts()) {
        if (port.getProtocol() == null || port.getProtocol().equals("TCP")) {
          table.add(
              new Frontend(
                  namespace,
                  name,
                  port.getPort(),
                  new InetSocketAddress(address, port.getPort()),
                  gateway(service) ? Exposure.MACHINE : Exposure.CLUSTER,
                  endpoints(of(service, slices), port)));
        }
      }
    }
    return table;
  }

  /** A Service without an address of its own: its name stands for its pods. */
  public static boolean headless(Service service) {
    return service.getSpec() == null
        || "None".equals(service.getSpec().getClusterIP())
        || "ExternalName".equals(service.getSpec().getType());
  }

  /** The slices of a Service. */
  static List<EndpointSlice> of(Service service, List<EndpointSlice> slices) {
    return slices.stream()
        .filter(
            slice ->
                Objects.equals(
                        slice.getMetadata().getNamespace(), service.getMetadata().getNamespace())
                    && slice.getMetadata().getLabels() != null
                    && service
                        .getMetadata()
                        .getName()
                        .equals(slice.getMetadata().getLabels().get(SERVICE_NAME)))
        .toList();
  }

  /** The Service with a gateway's listeners has its name; its admin port's has not. */
  private static boolean gateway(Service service) {
    List<OwnerReference> owners = service.getMetadata().getOwnerReferences();
    String name = service.getMetadata().getName();
    return owners != null
        && owners.stream()
            .anyMatch(o -> "ApiGateway".equals(o.getKind()) && name.equals(o.getName()));
  }

  private static List<InetSocketAddress> endpoints(List<EndpointSlice> slices, ServicePort port) {
    List<InetSocketAddress> ready = endpoints(slices, port, ForwardingTable::ready);
    return ready.isEmpty() ? endpoints(slices, port, ForwardingTable::lastResort) : ready;
  }

  private static List<InetSocketAddress> endpoints(
      List<EndpointSlice> slices, ServicePort port, Predicate<EndpointConditions> eligible) {
    var found = new ArrayList<InetSocketAddress>();
    for (EndpointSlice slice : slices) {
      for (EndpointPort target : orEmpty(slice.getPorts())) {
        if (target.getPort() == null || !same(target.getName(), port.getName())) {
          continue;
        }
        for (Endpoint endpoint : orEmpty(slice.getEndpoints())) {
          if (eligible.test(endpoint.getConditions())) {
            String address = EndpointAddress.literal(endpoint.getAddresses().getFirst());
            found.add(new InetSocketAddress(address, target.getPort()));
          }
        }
      }
    }
    return found;
  }

  /** An API server leaves empty lists out. */
  static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  /** Unnamed is the empty name. */
  private static boolean same(@Nullable String one, @Nullable String other) {
    return (one == null ? "" : one).equals(other == null ? "" : other);
  }

  /** Absent means ready (EndpointConditions' own rule). */
  static boolean ready(@Nullable EndpointConditions conditions) {
    return conditions == null || !Boolean.FALSE.equals(conditions.getReady());
  }

  private static boolean lastResort(@Nullable EndpointConditions conditions) {
    return conditions != null
        && Boolean.TRUE.equals(conditions.getTerminating())
        && Boolean.TRUE.equals(conditions.getServing());
  }
}
