package io.warmgate.operator.manifest;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.GatewayService;
import io.warmgate.crd.v1alpha1.Listener;
import io.warmgate.operator.snapshot.Labels;
import io.warmgate.operator.snapshot.OperatorFacts;
import io.warmgate.operator.translate.AllowedPeers;
import io.warmgate.operator.translate.BindPort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a gateway's pods are reached: their listeners by anybody, their admin port by the operator
 * and by whom the gateway allows.
 */
final class GatewayNetwork {
  private final Meta meta;
  private final ApiGateway gateway;
  private final OperatorFacts facts;
  private final List<Listener> listeners;

  GatewayNetwork(ApiGateway gateway, OperatorFacts facts) {
    this.meta = Meta.ofGateway(gateway);
    this.gateway = gateway;
    this.facts = facts;
    this.listeners = bindable(gateway.getSpec().listeners());
  }

  /** The first listener of each port that a pod binds: the one that is served. */
  private static List<Listener> bindable(List<Listener> listeners) {
    Set<Integer> taken = new HashSet<>(Set.of(AdminApi.PORT, AdminApi.HANDOVER_PORT));
    return listeners.stream().filter(any -> taken.add(BindPort.of(any.port()))).toList();
  }

  /**
   * @param serving the side that it leads to
   */
  Service service(String serving) {
    GatewayService wanted = gateway.getSpec().service();
    Service service =
        new ServiceBuilder()
            .withMetadata(meta.named(meta.ownerName()))
            .withNewSpec()
            .withType(
                switch (wanted.type()) {
                  case CLUSTER_IP -> "ClusterIP";
                  case NODE_PORT -> "NodePort";
                  case LOAD_BALANCER -> "LoadBalancer";
                })
            .withSelector(meta.selector())
            .addToSelector(Labels.SIDE, serving)
            .withPorts(listeners.stream().map(GatewayNetwork::port).toList())
            .endSpec()
            .build();
    service.getMetadata().setAnnotations(wanted.annotations());
    return service;
  }

  /** Leads to the admin port of any pod. */
  Service adminService() {
    return new ServiceBuilder()
        .withMetadata(meta.named(GatewayNames.admin(meta.ownerName())))
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(meta.selector())
        .addNewPort()
        .withName("admin")
        .withPort(AdminApi.PORT)
        .withTargetPort(new IntOrString(AdminApi.PORT))
        .withProtocol("TCP")
        .endPort()
        .endSpec()
        .build();
  }

  private static ServicePort port(Listener listener) {
    return new ServicePortBuilder()
        .withName(listener.name())
        .withPort(listener.port())
        .withTargetPort(new IntOrString(BindPort.of(listener.port())))
        .withProtocol("TCP")
        .build();
  }

  NetworkPolicy networkPolicy() {
    List<NetworkPolicyPort> open = new ArrayList<>();
    listeners.forEach(listener -> open.add(tcp(BindPort.of(listener.port()))));
    NetworkPolicyBuilder policy =
        new NetworkPolicyBuilder()
            .withMetadata(meta.named(meta.ownerName()))
            .withNewSpec()
            .withNewPodSelector()
            .withMatchLabels(meta.selector())
            .endPodSelector()
            .withPolicyTypes("Ingress")
            .addNewIngress()
            .withPorts(open)
            .endIngress()
            .addNewIngress()
            .withPorts(tcp(AdminApi.HANDOVER_PORT))
            .addNewFrom()
            .withNewPodSelector()
            .withMatchLabels(meta.selector())
            .endPodSelector()
            .endFrom()
            .endIngress()
            .addNewIngress()
            .withPorts(tcp(AdminApi.PORT))
            .addNewFrom()
            .withNewNamespaceSelector()
            .withMatchLabels(Map.of("kubernetes.io/metadata.name", facts.operatorNamespace()))
            .endNamespaceSelector()
            .withNewPodSelector()
            .withMatchLabels(Map.of(Labels.APP_NAME, Labels.OPERATOR))
            .endPodSelector()
            .endFrom()
            .endIngress()
            .endSpec();
    List<NetworkPolicyPeer> allowed = AllowedPeers.of(gateway);
    if (!allowed.isEmpty()) {
      policy
          .editSpec()
          .addNewIngress()
          .withPorts(tcp(AdminApi.PORT))
          .withFrom(allowed)
          .endIngress()
          .endSpec();
    }
    return policy.build();
  }

  private static NetworkPolicyPort tcp(int port) {
    return new NetworkPolicyPortBuilder()
        .withProtocol("TCP")
        .withPort(new IntOrString(port))
        .build();
  }
}
