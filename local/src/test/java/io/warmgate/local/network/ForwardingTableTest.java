package io.warmgate.local.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.warmgate.local.network.Frontend.Exposure;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingTableTest {
  private static final boolean YES = true;
  private static final boolean NO = false;

  @Test
  void takesReadyEndpoints() {
    assertThat(endpoints(slice(YES, YES, NO, "127.1.0.1"), slice(NO, NO, NO, "127.1.0.2")))
        .containsExactly("127.1.0.1");
  }

  @Test
  void takesThoseThatStillServeWhenAllTerminate() {
    assertThat(endpoints(slice(NO, YES, YES, "127.1.0.1"), slice(NO, NO, YES, "127.1.0.2")))
        .containsExactly("127.1.0.1");
  }

  @Test
  void prefersAReadyOneToOneThatTerminates() {
    assertThat(endpoints(slice(NO, YES, YES, "127.1.0.1"), slice(YES, YES, NO, "127.1.0.2")))
        .containsExactly("127.1.0.2");
  }

  @Test
  void readsTheNamesThatStandForAddressesOnARealApiServer() {
    String name = EndpointAddress.FQDN.of("127.1.0.7");
    assertThat(name).isEqualTo("127-1-0-7.pod.warmgate.local");
    assertThat(endpoints(slice(YES, YES, NO, name))).containsExactly("127.1.0.7");
  }

  @Test
  void sliceOfAnotherServiceOrPortDoesNotCount() {
    EndpointSlice other = slice(YES, YES, NO, "127.1.0.1");
    other.getMetadata().getLabels().put(ForwardingTable.SERVICE_NAME, "other");
    EndpointSlice port = slice(YES, YES, NO, "127.1.0.2");
    port.getPorts().getFirst().setName("admin");
    assertThat(endpoints(other, port)).isEmpty();
  }

  @Test
  void anEmptySliceAsAnApiServerReturnsIt() {
    EndpointSlice empty = slice(YES, YES, NO, "127.1.0.1");
    empty.setPorts(null);
    empty.setEndpoints(null);
    assertThat(endpoints(empty)).isEmpty();
  }

  @Test
  void aGatewaysServiceIsPublishedAndAHeadlessOneHasNoAddress() {
    Service gateway = service();
    gateway
        .getMetadata()
        .setOwnerReferences(
            new ServiceBuilder()
                .withNewMetadata()
                .addNewOwnerReference()
                .withKind("ApiGateway")
                .withName("edge")
                .endOwnerReference()
                .endMetadata()
                .build()
                .getMetadata()
                .getOwnerReferences());
    Service headless = service();
    headless.getSpec().setClusterIP("None");
    Service admin = service();
    admin.getMetadata().setName("edge-admin");
    admin.getMetadata().setOwnerReferences(gateway.getMetadata().getOwnerReferences());
    List<Frontend> table =
        ForwardingTable.of(List.of(gateway, headless, admin), List.of(), _ -> "127.2.0.1");
    assertThat(table)
        .extracting(Frontend::published)
        .containsExactly(Exposure.MACHINE, Exposure.CLUSTER);
    assertThat(table.getFirst().address()).isEqualTo(new InetSocketAddress("127.2.0.1", 80));
  }

  @Test
  void hostsFileHasAllNamesAndShortOnesInTheNamespaceOnly() {
    Service headless = service();
    headless.getMetadata().setName("redis");
    headless.getSpec().setClusterIP("None");
    EndpointSlice pods = slice(YES, YES, NO, "127.1.0.9");
    pods.getMetadata().getLabels().put(ForwardingTable.SERVICE_NAME, "redis");
    pods.getEndpoints().getFirst().setHostname("redis-0");
    List<Service> services = List.of(service(), headless);
    assertThat(HostNames.file("default", services, List.of(pods), _ -> "127.2.0.1"))
        .isEqualTo(
            """
            127.1.0.9 redis redis.default redis.default.svc redis.default.svc.cluster.local
            127.1.0.9 redis-0.redis redis-0.redis.default redis-0.redis.default.svc redis-0.redis.default.svc.cluster.local
            127.2.0.1 edge edge.default edge.default.svc edge.default.svc.cluster.local
            """);
    assertThat(HostNames.file("other", List.of(service()), List.of(), _ -> "127.2.0.1"))
        .isEqualTo("127.2.0.1 edge.default edge.default.svc edge.default.svc.cluster.local\n");
  }

  private static List<String> endpoints(EndpointSlice... slices) {
    return ForwardingTable.of(List.of(service()), List.of(slices), _ -> "127.2.0.1")
        .getFirst()
        .endpoints()
        .stream()
        .map(InetSocketAddress::getHostString)
        .toList();
  }

  private static Service service() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("edge")
        .endMetadata()
        .withNewSpec()
        .addNewPort()
        .withName("http")
        .withPort(80)
        .endPort()
        .endSpec()
        .build();
  }

  private static EndpointSlice slice(
      boolean ready, boolean serving, boolean terminating, String address) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .addToLabels(ForwardingTable.SERVICE_NAME, "edge")
        .endMetadata()
        .addNewPort()
        .withName("http")
        .withPort(10080)
        .endPort()
        .addNewEndpoint()
        .withAddresses(address)
        .withNewConditions(ready, serving, terminating)
        .endEndpoint()
        .build();
  }
}
