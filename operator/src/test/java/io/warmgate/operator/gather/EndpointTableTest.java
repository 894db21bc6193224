package io.warmgate.operator.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.warmgate.config.admin.EndpointSets.Endpoint;
import io.warmgate.operator.snapshot.ServiceKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndpointTableTest {
  private static final ServiceKey KEY = new ServiceKey("shop", "catalog", 80);

  private static Service service(String type) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("catalog")
        .endMetadata()
        .withNewSpec()
        .withType(type)
        .addNewPort()
        .withName("web")
        .withPort(80)
        .endPort()
        .endSpec()
        .build();
  }

  private static EndpointSlice slice(
      String port, String address, @Nullable Boolean ready, @Nullable Boolean terminating) {
    return slice(port, address, ready, ready, terminating);
  }

  private static EndpointSlice slice(
      String port,
      String address,
      @Nullable Boolean ready,
      @Nullable Boolean serving,
      @Nullable Boolean terminating) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .addToLabels(EndpointTable.SERVICE_LABEL, "catalog")
        .endMetadata()
        .withAddressType("IPv4")
        .addNewPort()
        .withName(port)
        .withPort(8080)
        .endPort()
        .addNewEndpoint()
        .withAddresses(address)
        .withNewConditions()
        .withReady(ready)
        .withServing(serving)
        .withTerminating(terminating)
        .endConditions()
        .endEndpoint()
        .build();
  }

  private static Map<String, List<Endpoint>> table(String type, EndpointSlice... slices) {
    return EndpointTable.of(List.of(KEY), Map.of("catalog", service(type)), List.of(slices));
  }

  @Test
  void readyEndpointsOfThePortByNameOnceAndInOrder() {
    assertThat(
            table(
                "ClusterIP",
                slice("web", "10.0.0.2", true, null),
                slice("web", "10.0.0.1", null, null),
                slice("web", "10.0.0.2", true, false),
                slice("metrics", "10.0.0.3", true, null)))
        .containsEntry(
            "shop/catalog:80",
            List.of(new Endpoint("10.0.0.1", 8080), new Endpoint("10.0.0.2", 8080)));
  }

  @Test
  void notReadyAndTerminatingOnesTakeNoRequests() {
    assertThat(
            table(
                "ClusterIP",
                slice("web", "10.0.0.1", false, null),
                slice("web", "10.0.0.2", false, true, true),
                slice("web", "10.0.0.3", true, true, false)))
        .containsEntry("shop/catalog:80", List.of(new Endpoint("10.0.0.3", 8080)));
  }

  @Test
  void whereNoneIsReadyThoseThatTerminateAndStillServeDo() {
    assertThat(
            table(
                "ClusterIP",
                slice("web", "10.0.0.1", false, null),
                slice("web", "10.0.0.2", false, true, true),
                slice("web", "10.0.0.3", false, false, true),
                slice("web", "10.0.0.4", false, null, true)))
        .containsEntry(
            "shop/catalog:80",
            List.of(new Endpoint("10.0.0.2", 8080), new Endpoint("10.0.0.4", 8080)));
  }

  @Test
  void anExternalNameHasNoSetAndIsAskedByItsName() {
    assertThat(table("ExternalName", slice("web", "10.0.0.1", true, null))).isEmpty();
  }

  /** They are names: only whoever resolves them knows whom they mean. */
  @Test
  void endpointsThatAreNamesMakeNoSetAndAreLeftOutOfOne() {
    EndpointSlice names = slice("web", "a.example.com", true, false);
    names.setAddressType("FQDN");
    assertThat(table("ClusterIP", names)).isEmpty();
    assertThat(table("ClusterIP", names, slice("web", "10.0.0.1", true, false)))
        .containsEntry("shop/catalog:80", List.of(new Endpoint("10.0.0.1", 8080)));
  }

  @Test
  void aServiceThatIsNotThereHasNoSet() {
    assertThat(EndpointTable.of(List.of(KEY), Map.of(), List.of())).isEmpty();
  }
}
