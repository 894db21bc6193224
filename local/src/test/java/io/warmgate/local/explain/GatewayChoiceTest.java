package io.warmgate.local.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.local.explain.GatewayChoice.NoneException;
import io.warmgate.local.explain.GatewayChoice.Resources;
import io.warmgate.local.network.Published;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which gateway answers a URL, and what is said where that cannot be told. */
class GatewayChoiceTest {
  private static final ApiGateway EDGE =
      gateway("default", "edge", "{name: http, port: 8080, protocol: HTTP}");
  private static final ApiGateway SHOP =
      gateway(
          "shop",
          "shop",
          "{name: web, port: 80, protocol: HTTP}, {name: secure, port: 443, protocol: HTTPS,"
              + " hostname: '*.example.com', tls: {secretRef: {name: cert}}}");
  private static final ApiRoute CATALOG = route("shop", "catalog", "shop", "shop.example.com");

  private static ApiGateway gateway(String namespace, String name, String listeners) {
    return Serialization.unmarshal(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiGateway
        metadata: {namespace: %s, name: %s}
        spec: {listeners: [%s]}
        """
            .formatted(namespace, name, listeners),
        ApiGateway.class);
  }

  private static ApiRoute route(String namespace, String name, String gateway, String hosts) {
    return Serialization.unmarshal(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiRoute
        metadata: {namespace: %s, name: %s}
        spec:
          parentRefs: [{name: %s}]
          hostnames: [%s]
          rules:
          - matches:
            - path: {type: PathPrefix, value: /products}
            - path: {type: Exact, value: /count}
            backendRefs: [{name: catalog, port: 8080}]
        """
            .formatted(namespace, name, gateway, hosts),
        ApiRoute.class);
  }

  private static GatewayChoice choose(String url, @Nullable String named, Published... published)
      throws NoneException {
    URI uri = URI.create(url);
    return GatewayChoice.of(
        uri,
        String.valueOf(uri.getHost()),
        named,
        new Resources(List.of(EDGE, SHOP), List.of(CATALOG)),
        List.of(published));
  }

  @Test
  void aPortOfThisMachineTellsGatewayAndListener() throws Exception {
    Published[] published = {
      new Published("default", "edge", 8080, 18080), new Published("shop", "shop", 80, 10080)
    };
    assertThat(choose("http://127.0.0.1:10080/", null, published))
        .satisfies(choice -> assertThat(choice.name()).isEqualTo("shop/shop"))
        .satisfies(choice -> assertThat(choice.listener()).isEqualTo("web"));
    assertThat(choose("http://localhost:18080/", null, published).name()).isEqualTo("default/edge");
  }

  @Test
  void aHostThatARouteNamesGoesBeforeAPort() throws Exception {
    assertThat(choose("http://shop.example.com:8080/", null).name()).isEqualTo("shop/shop");
  }

  @Test
  void listenersTellByHostSchemeAndPort() throws Exception {
    assertThat(choose("https://api.example.com/", null).name()).isEqualTo("shop/shop");
    assertThat(choose("http://10.0.0.1:8080/", null).name()).isEqualTo("default/edge");
    assertThat(choose("http://a_host:8080/", null).name()).isEqualTo("default/edge");
  }

  @Test
  void whoIsNamedIsTaken() throws Exception {
    assertThat(choose("http://shop.example.com/", "edge").name()).isEqualTo("default/edge");
    assertThat(choose("http://shop.example.com/", "default/edge").name()).isEqualTo("default/edge");
    assertThatThrownBy(() -> choose("http://shop.example.com/", "egde"))
        .hasMessage("there is no ApiGateway egde; there are default/edge, shop/shop");
  }

  @Test
  void whereSeveralCouldTheyAreNamed() {
    assertThatThrownBy(() -> choose("http://10.0.0.1:9000/", null))
        .hasMessage(
            "several ApiGateways could answer it; name one with --gateway: default/edge,"
                + " shop/shop");
  }

  @Test
  void withoutAGatewayThereIsNothingToExplain() {
    assertThatThrownBy(
            () ->
                GatewayChoice.of(
                    URI.create("http://h/"),
                    "h",
                    null,
                    new Resources(List.of(), List.of()),
                    List.of()))
        .hasMessageStartingWith("there is no ApiGateway");
  }

  @Test
  void theNearestRoutesAreNamed() {
    assertThat(Closest.to("shop.exmaple.com", "/", List.of(CATALOG)))
        .isEqualTo(" No route has the host shop.exmaple.com; the nearest are shop.example.com.");
    assertThat(Closest.to("shop.example.com", "/product/1", List.of(CATALOG)))
        .isEqualTo(" The nearest paths are /products (PathPrefix), /count (Exact).");
    assertThat(Closest.to("h", "/", List.of())).isEqualTo(" The gateway has no ApiRoute.");
  }
}
