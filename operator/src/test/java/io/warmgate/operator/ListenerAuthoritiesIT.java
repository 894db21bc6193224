package io.warmgate.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.warmgate.config.ClientCertificates;
import io.warmgate.config.Listener;
import io.warmgate.config.Revision;
import io.warmgate.kube.RealKube;
import io.warmgate.operator.fake.FakePod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The authorities of a listener's clients come with their Secret, and change with it. */
@RealKube
class ListenerAuthoritiesIT extends SuiteCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String FIELD = "spec.listeners[1].tls.clientCertificates.caRef: ";
  private final KubernetesClient client;

  ListenerAuthoritiesIT(KubernetesClient client) {
    this.client = client;
  }

  @Override
  protected KubernetesClient client() {
    return client;
  }

  /** A certificate with its key. */
  private static String certificate() {
    try {
      return Arrays.stream(
              Files.readString(Path.of("src/test/resources/golden/certificate/in.yaml"))
                  .split("\n---\n"))
          .filter(document -> document.contains("kind: Secret"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void authorities(String bundle) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: partners}
        data: {"ca.crt": %s}
        """
            .formatted(Base64.getEncoder().encodeToString(bundle.getBytes(UTF_8))));
  }

  private static List<String> listeners(FakePod pod) {
    Revision served = pod.revision();
    return served == null
        ? List.of()
        : served.open().listeners().stream().map(Listener::name).toList();
  }

  /** What a pod was told of clients; a value of it that it does not have is none. */
  private static Optional<ClientCertificates> clients(FakePod pod) {
    Revision served = pod.revision();
    return served == null
        ? Optional.empty()
        : served.open().listeners().stream()
            .filter(listener -> listener.name().equals("partners"))
            .flatMap(listener -> Optional.ofNullable(listener.tls()).stream())
            .flatMap(tls -> Optional.ofNullable(tls.clientCertificates()).stream())
            .filter(taken -> pod.values().contains(taken.certificateAuthority().fingerprint()))
            .findFirst();
  }

  private ClientCertificates awaitClients(String... notThese) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pods())
                    .isNotEmpty()
                    .allSatisfy(
                        pod ->
                            assertThat(clients(pod))
                                .hasValueSatisfying(
                                    taken ->
                                        assertThat(taken.certificateAuthority().fingerprint())
                                            .isNotIn((Object[]) notThese))));
    return clients(pods().getFirst()).orElseThrow();
  }

  private void awaitResolved(String begin) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        gatewayConditions().stream()
                            .filter(any -> any.getType().equals("ResolvedRefs"))
                            .map(ListenerAuthoritiesIT::text)
                            .findFirst())
                    .hasValueSatisfying(text -> assertThat(text).startsWith(begin)));
  }

  private static String text(Condition condition) {
    return condition.getStatus() + "/" + condition.getReason() + ": " + condition.getMessage();
  }

  @Test
  void theyFollowTheirSecret() {
    String own = certificate();
    cluster.apply(own);
    String pem =
        new String(
            Base64.getDecoder().decode(cluster.get(Secret.class, "cert").getData().get("tls.crt")),
            UTF_8);
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiGateway
        metadata: {name: edge}
        spec:
          replicas: 2
          listeners:
          - {name: http, port: 8080, protocol: HTTP}
          - name: partners
            port: 8443
            protocol: HTTPS
            tls: {secretRef: {name: cert}, clientCertificates: {caRef: {name: partners}}}
        """);
    awaitResolved("False/SecretNotFound: " + FIELD + "Secret 'partners' does not exist");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pods())
                    .hasSize(2)
                    .allSatisfy(pod -> assertThat(listeners(pod)).containsExactly("http")));

    authorities("partners");
    awaitResolved("False/InvalidSecret: " + FIELD + "key 'ca.crt' of Secret 'partners'");

    authorities(pem);
    awaitResolved("True/");
    ClientCertificates first = awaitClients();
    assertThat(first.mode()).isEqualTo(ClientCertificates.Mode.REQUIRED);

    authorities(pem + pem);
    ClientCertificates second = awaitClients(first.certificateAuthority().fingerprint());

    var _ = client.resource(cluster.get(Secret.class, "partners")).delete();
    awaitResolved("False/SecretNotFound: " + FIELD);
    assertThat(awaitClients()).as("goes on").isEqualTo(second);
  }
}
