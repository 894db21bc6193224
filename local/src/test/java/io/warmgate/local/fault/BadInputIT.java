package io.warmgate.local.fault;

import static io.warmgate.local.fault.FaultCluster.PATIENCE;
import static io.warmgate.local.fault.FaultCluster.PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.local.fault.Load.OnBreak;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wrong resources and hostile requests, each against a gateway under load: a clear answer to who
 * did it, and nobody else notices (promise 9).
 */
class BadInputIT {
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(2);

  @TempDir private static Path state;
  @AutoClose private static FaultCluster cluster;
  private static Load load;

  @BeforeAll
  static void begin() throws IOException {
    String gateway =
        FaultCluster.sample("gateway.yaml")
            .replace("  listeners:", "  limits: {headerTimeout: 2s}\n  listeners:");
    cluster =
        FaultCluster.start(
            state,
            List.of(
                gateway, FaultCluster.sample("origin.yaml"), FaultCluster.sample("route.yaml")));
    load = new Load(cluster.gateway(), OnBreak.FAIL, new Catalog());
  }

  @AfterAll
  static void end() {
    load.close();
  }

  /** Whatever was done: what ran goes on. */
  @AfterEach
  void theOthersGoOn() {
    load.goesOn(200);
  }

  private static void route(String name, String rule) {
    cluster.apply(
        """
        apiVersion: warmgate.io/v1alpha1
        kind: ApiRoute
        metadata: {name: %s}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - %s
        """
            .formatted(name, rule));
  }

  private static Optional<Condition> condition(String route, String type) {
    ApiRoute found =
        cluster.client().resources(ApiRoute.class).inNamespace("default").withName(route).get();
    return found.getStatus() == null ? Optional.empty() : of(type, found.getStatus().conditions());
  }

  private static Optional<Condition> of(String type, List<Condition> conditions) {
    return conditions.stream().filter(any -> any.getType().equals(type)).findFirst();
  }

  private static void awaitCondition(String route, String type, String expected, String... says) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(condition(route, type))
                    .hasValueSatisfying(
                        found -> {
                          assertThat(found.getStatus() + "/" + found.getReason())
                              .isEqualTo(expected);
                          assertThat(List.of(says)).allMatch(found.getMessage()::contains);
                        }));
  }

  private static void awaitProgrammed(String route) {
    awaitCondition(route, "Programmed", "True/Programmed");
  }

  private static Answer ask(String path) throws IOException {
    return HttpConnection.ask(cluster.gateway(), path);
  }

  @Test
  void ofTwoRoutesThatClaimTheSameTheOlderHasIt() throws IOException {
    route(
        "thief",
        "{matches: [{path: {type: PathPrefix, value: /products}}], backendRefs: [{name: catalog,"
            + " port: 8080}]}");
    awaitCondition("thief", "Accepted", "False/Conflicted", "/products", "older ApiRoute/catalog");
    assertThat(condition("catalog", "Accepted")).map(Condition::getStatus).hasValue("True");
  }

  @Test
  void aBackendThatDoesNotExistIsNamedAndItsRuleAloneFails() throws IOException {
    route("lost", "{matches: [{path: {value: /lost}}], backendRefs: [{name: nobody, port: 80}]}");
    awaitCondition(
        "lost", "ResolvedRefs", "False/BackendNotFound", "spec.rules[0].backendRefs[0]", "nobody");
    awaitProgrammed("lost");
    Answer answer = ask("/lost");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).contains("backend-unresolved");
  }

  /** Where engines that backtrack need longer than the universe has. */
  @Test
  void anExpressionThatHangsElsewhereIsAnsweredAtOnce() throws IOException {
    route(
        "evil",
        "{matches: [{path: {type: RegularExpression, value: '/(a+)+$'}}], backendRefs: [{name:"
            + " catalog, port: 8080}]}");
    awaitProgrammed("evil");
    long begun = System.nanoTime();
    assertThat(ask("/" + "a".repeat(5_000) + "b").status()).isEqualTo(404);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(ask("/aaaa").status()).isEqualTo(200);
  }

  @Test
  void anExpressionThatIsNoneIsRefusedAndNamed() {
    route(
        "broken",
        "{matches: [{path: {type: RegularExpression, value: '/(a'}}], backendRefs: [{name:"
            + " catalog, port: 8080}]}");
    awaitCondition("broken", "Accepted", "False/Invalid", "spec.rules[0].matches[0].path.value");
  }

  @Test
  void aHeaderOfAMegabyteIsRefused() throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(ascii("GET /products/1 HTTP/1.1\r\nHost: shop.example\r\nX-Large: "));
      byte[] part = ascii("x".repeat(1_024));
      try {
        for (int i = 0; i < 1_024; i++) {
          socket.getOutputStream().write(part);
        }
      } catch (IOException refusedMeanwhile) {
        // The answer was sent before all of it was read; it may still be there to be read.
      }
      assertThat(read(socket))
          .satisfiesAnyOf(
              answer -> assertThat(answer).startsWith("HTTP/1.1 431 "),
              answer -> assertThat(answer).as("reset under the write").isEmpty());
    }
    assertThat(askWithHeader("x".repeat(20_000))).startsWith("HTTP/1.1 431 ");
    assertThat(askWithHeader("x".repeat(2_000))).startsWith("HTTP/1.1 200 ");
  }

  private static String askWithHeader(String value) throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              ascii(
                  "GET /products/1 HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nX-Large: "
                      + value
                      + "\r\n\r\n"));
      return read(socket);
    }
  }

  /** It never ends its head, and is not waited for. */
  @Test
  void aClientThatSendsSlowlyIsCutOff() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(ascii("GET /products/1 HTTP/1.1\r\nHost: sh"));
      long begun = System.nanoTime();
      assertThat(read(socket)).startsWith("HTTP/1.1 408 ");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(HEAD_TIMEOUT.dividedBy(2), HEAD_TIMEOUT.plusSeconds(10));
    }
  }

  @Test
  void aRouteToThisGatewayItselfIsRefused() {
    route("self", "{matches: [{path: {value: /self}}], backendRefs: [{name: edge, port: 8080}]}");
    awaitCondition("self", "Accepted", "False/Invalid", "spec.rules[0].backendRefs[0]");
  }

  /** By an address, which the operator cannot know to be the gateway's. */
  @Test
  void aRouteThatComesBackEndsAtTheSecondPass() throws IOException {
    route(
        "snake",
        "{matches: [{path: {value: /snake}}], backendRefs: [{url: 'http://%s:8080'}]}"
            .formatted(cluster.gateway().getAddress().getHostAddress()));
    awaitProgrammed("snake");
    Answer answer = ask("/snake");
    assertThat(answer.status()).isEqualTo(508);
    assertThat(answer.body()).contains("came through this gateway before");
  }

  @Test
  void aRouteToAPodsOwnAdminPortIsRefused() throws IOException {
    RunningPod pod = cluster.gateways().getFirst();
    String host = pod.at(PORT).getAddress().getHostAddress();
    route(
        "admin",
        "{matches: [{path: {value: /livez}}], backendRefs: [{url: 'https://%s:9443'}]}"
            .formatted(host));
    awaitProgrammed("admin");
    Answer answer = HttpConnection.ask(pod.at(PORT), "/livez");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).contains("backend-refused");
  }

  @Test
  void aCertificateThatIsNoneIsNamedAndTheOtherListenersGoOn() throws IOException {
    cluster.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: no-certificate}
        type: kubernetes.io/tls
        stringData: {tls.crt: nonsense, tls.key: nonsense}
        ---
        apiVersion: warmgate.io/v1alpha1
        kind: ApiGateway
        metadata: {name: second}
        spec:
          replicas: 1
          listeners:
          - {name: http, port: 8081, protocol: HTTP}
          - {name: https, port: 8443, protocol: HTTPS, tls: {secretRef: {name: no-certificate}}}
        """);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              ApiGateway second =
                  cluster
                      .client()
                      .resources(ApiGateway.class)
                      .inNamespace("default")
                      .withName("second")
                      .get();
              assertThat(second.getStatus()).isNotNull();
              assertThat(of("ResolvedRefs", second.getStatus().conditions()))
                  .hasValueSatisfying(
                      found -> {
                        assertThat(found.getStatus()).isEqualTo("False");
                        assertThat(found.getMessage())
                            .contains("spec.listeners[1].tls", "no-certificate", "tls.");
                      });
              assertThat(of("Ready", second.getStatus().conditions()))
                  .map(Condition::getStatus)
                  .hasValue("True");
              assertThat(of("Programmed", second.getStatus().conditions()))
                  .hasValueSatisfying(
                      found -> assertThat(found.getMessage()).contains("see ResolvedRefs"));
            });
    var http = new InetSocketAddress(cluster.service("second").getAddress(), 8081);
    // The Service has its endpoint a moment after the pod is ready: until then it resets.
    await()
        .atMost(PATIENCE)
        .ignoreException(SocketException.class)
        .untilAsserted(() -> assertThat(HttpConnection.ask(http, "/").status()).isEqualTo(404));
    cluster.client().resources(ApiGateway.class).inNamespace("default").withName("second").delete();
  }

  private static Socket connect() throws IOException {
    var socket = new Socket();
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(cluster.gateway());
    return socket;
  }

  /** To the end of the connection, however it ends. */
  private static String read(Socket socket) throws IOException {
    var all = new StringBuilder();
    try {
      byte[] buffer = new byte[4_096];
      for (int n = socket.getInputStream().read(buffer);
          n > 0;
          n = socket.getInputStream().read(buffer)) {
        all.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
      }
    } catch (SocketException reset) {
      return all.toString();
    }
    return all.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
