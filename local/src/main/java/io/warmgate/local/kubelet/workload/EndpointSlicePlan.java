package io.warmgate.local.kubelet.workload;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.warmgate.local.kubelet.Kubelet;
import io.warmgate.local.network.EndpointAddress;
import io.warmgate.local.network.ForwardingTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * EndpointSlices: one for each Service and each set of port numbers its pods have. {@code serving}
 * is the pod's readiness, {@code ready} the same while it is not being deleted (KEP-1672).
 */
final class EndpointSlicePlan {
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final String MANAGER = "warmgate-local";

  private final Snapshot snapshot;
  private final EndpointAddress form;

  EndpointSlicePlan(Snapshot snapshot, EndpointAddress form) {
    this.snapshot = snapshot;
    this.form = form;
  }

  List<Action> actions() {
    var actions = new ArrayList<Action>();
    Set<String> wanted = new HashSet<>();
    for (Service service : snapshot.services()) {
      Map<String, String> selector = service.getSpec().getSelector();
      if (selector == null || selector.isEmpty()) {
        continue;
      }
      for (EndpointSlice slice : slices(service, selector)) {
        wanted.add(slice.getMetadata().getName());
        write(slice, service).ifPresent(actions::add);
      }
    }
    for (EndpointSlice slice : snapshot.slices()) {
      if (Pods.label(slice, MANAGED_BY).equals(MANAGER)
          && !wanted.contains(slice.getMetadata().getName())) {
        actions.add(new Action.Delete(slice, slice));
      }
    }
    return actions;
  }

  private Optional<Action> write(EndpointSlice slice, Service service) {
    for (EndpointSlice there : snapshot.slices()) {
      if (there.getMetadata().getName().equals(slice.getMetadata().getName())) {
        boolean same =
            orEmpty(there.getEndpoints()).equals(orEmpty(slice.getEndpoints()))
                && samePorts(there.getPorts(), slice.getPorts());
        return same ? Optional.empty() : Optional.of(new Action.Replace(slice));
      }
    }
    return Optional.of(new Action.Create(slice, service));
  }

  private static boolean samePorts(List<EndpointPort> one, List<EndpointPort> other) {
    return orEmpty(one).stream()
        .map(EndpointSlicePlan::port)
        .toList()
        .equals(orEmpty(other).stream().map(EndpointSlicePlan::port).toList());
  }

  /** An API server leaves empty lists out. */
  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static String port(EndpointPort port) {
    return Objects.requireNonNullElse(port.getName(), "") + ":" + port.getPort();
  }

  private List<EndpointSlice> slices(Service service, Map<String, String> selector) {
    Map<List<EndpointPort>, List<Endpoint>> byPorts = new LinkedHashMap<>();
    snapshot.pods().stream()
        .filter(pod -> selects(selector, pod) && !Pods.ended(pod) && ip(pod) != null)
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .forEach(
            pod ->
                byPorts
                    .computeIfAbsent(ports(service, pod), _ -> new ArrayList<>())
                    .add(endpoint(service, pod)));
    if (byPorts.isEmpty()) {
      byPorts.put(List.of(), List.of());
    }
    return byPorts.entrySet().stream()
        .map(entry -> slice(service, entry.getKey(), entry.getValue()))
        .toList();
  }

  private static boolean selects(Map<String, String> selector, Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels != null && labels.entrySet().containsAll(selector.entrySet());
  }

  private static @Nullable String ip(Pod pod) {
    return pod.getStatus() == null ? null : pod.getStatus().getPodIP();
  }

  private static List<EndpointPort> ports(Service service, Pod pod) {
    var ports = new ArrayList<EndpointPort>();
    for (ServicePort port : service.getSpec().getPorts()) {
      target(port, pod)
          .ifPresent(
              number ->
                  ports.add(
                      new EndpointPortBuilder()
                          .withName(Objects.requireNonNullElse(port.getName(), ""))
                          .withPort(number)
                          .withProtocol(Objects.requireNonNullElse(port.getProtocol(), "TCP"))
                          .build()));
    }
    return ports;
  }

  /** A target port's number: itself, or the pod's port of that name. */
  private static Optional<Integer> target(ServicePort port, Pod pod) {
    IntOrString target = port.getTargetPort();
    if (target == null) {
      return Optional.of(port.getPort());
    }
    if (target.getStrVal() == null) {
      return Optional.of(target.getIntVal());
    }
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(candidate -> target.getStrVal().equals(candidate.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst();
  }

  private Endpoint endpoint(Service service, Pod pod) {
    boolean serving =
        Pods.ready(pod) || Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
    boolean terminating = Pods.terminating(pod);
    boolean named = service.getMetadata().getName().equals(pod.getSpec().getSubdomain());
    return new EndpointBuilder()
        .withAddresses(form.of(Objects.requireNonNull(ip(pod))))
        .withNewConditions(serving && !terminating, serving, terminating)
        .withHostname(named ? pod.getSpec().getHostname() : null)
        .withNodeName(Kubelet.NODE)
        .withNewTargetRef()
        .withKind("Pod")
        .withNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .withUid(pod.getMetadata().getUid())
        .endTargetRef()
        .build();
  }

  private EndpointSlice slice(Service service, List<EndpointPort> ports, List<Endpoint> endpoints) {
    String name = service.getMetadata().getName();
    String suffix =
        Integer.toHexString(ports.stream().map(EndpointSlicePlan::port).toList().hashCode());
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace(service.getMetadata().getNamespace())
        .withName(name + "-" + suffix)
        .addToLabels(ForwardingTable.SERVICE_NAME, name)
        .addToLabels(MANAGED_BY, MANAGER)
        .withOwnerReferences(Owner.reference(service))
        .endMetadata()
        .withAddressType(form.name())
        .withPorts(ports)
        .withEndpoints(endpoints)
        .build();
  }
}
