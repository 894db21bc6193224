package io.warmgate.operator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Secret that is not named here is not looked up, and its changes are not seen. */
class ReferencedNamesTest {
  private static final String GATEWAY =
      """
      metadata: {name: edge, namespace: shop}
      spec:
        listeners:
        - {name: http, port: 80, protocol: HTTP}
        - name: https
          port: 443
          protocol: HTTPS
          tls: {secretRef: {name: cert}, clientCertificates: {caRef: {name: partners}}}
        auth:
          issuers:
          - {name: a, issuer: a, audiences: [b], jwks: {url: "https://a/keys", caRef: {name: keys-ca}}}
          - {name: b, issuer: b, audiences: [b], jwks: {secretRef: {name: keys, key: jwks}}}
          - name: c
            introspection:
              url: https://c/introspect
              caRef: {name: idp-ca}
              clientId: c
              clientSecretRef: {name: idp, key: secret}
      """;

  private static final String ROUTE =
      """
      metadata: {name: catalog, namespace: shop}
      spec:
        parentRefs: [{name: edge}]
        rules:
        - backendRefs: [{name: catalog, port: 80}]
          auth: {apiKey: {}, external: {url: "https://roles/", caRef: {name: roles-ca}}}
        - backendRefs: [{url: "https://search", tls: {caRef: {name: search-ca}}}]
          auth: {apiKey: {}}
      """;

  @Test
  void everySecretThatIsNamedIsLookedUp() {
    ReferencedNames names =
        ReferencedNames.of(
            Serialization.unmarshal(GATEWAY, ApiGateway.class),
            new Attachments(
                List.of(Serialization.unmarshal(ROUTE, ApiRoute.class)), List.of(), List.of()),
            null,
            null);
    assertThat(names.secrets())
        .containsExactly(
            "cert", "idp", "idp-ca", "keys", "keys-ca", "partners", "roles-ca", "search-ca");
    assertThat(names.services()).containsExactly("catalog");
  }
}
