package io.warmgate.local.network;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The cluster's DNS as a hosts file (hosts(5)) that the pods of one namespace see: {@code name},
 * {@code name.namespace}, {@code ….svc} and {@code ….svc.cluster.local} of each Service; for a
 * headless one its ready pods, also one by one under their host names.
 */
public final class HostNames {
  private HostNames() {}

  /** The file's text, sorted, so that an unchanged cluster gives an unchanged file. */
  public static String file(
      String namespace,
      List<Service> services,
      List<EndpointSlice> slices,
      Function<String, String> clusterAddress) {
    var lines = new TreeSet<String>();
    for (Service service : services) {
      String of = service.getMetadata().getNamespace();
      String name = service.getMetadata().getName();
      if (!ForwardingTable.headless(service)) {
        lines.add(clusterAddress.apply(of + "/" + name) + " " + names(name, of, namespace));
        continue;
      }
      for (EndpointSlice slice : ForwardingTable.of(service, slices)) {
        for (Endpoint endpoint : ForwardingTable.orEmpty(slice.getEndpoints())) {
          String address = EndpointAddress.literal(endpoint.getAddresses().getFirst());
          if (ForwardingTable.ready(endpoint.getConditions())) {
            lines.add(address + " " + names(name, of, namespace));
          }
          if (endpoint.getHostname() != null) {
            lines.add(address + " " + names(endpoint.getHostname() + "." + name, of, namespace));
          }
        }
      }
    }
    for (EndpointSlice slice : slices) {
      for (Endpoint endpoint : ForwardingTable.orEmpty(slice.getEndpoints())) {
        String name = endpoint.getAddresses().getFirst();
        String address = EndpointAddress.literal(name);
        if (!address.equals(name)) {
          lines.add(address + " " + name);
        }
      }
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String names(String name, String of, String seenFrom) {
    String qualified = name + "." + of;
    String all = "%s %s.svc %s.svc.cluster.local".formatted(qualified, qualified, qualified);
    return of.equals(seenFrom) ? name + " " + all : all;
  }
}
