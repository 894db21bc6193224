package io.warmgate.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendTls;
import io.warmgate.config.ConfigException;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Listener;
import io.warmgate.config.ListenerTls;
import io.warmgate.config.Match;
import io.warmgate.config.PathMatch;
import io.warmgate.config.Retry;
import io.warmgate.config.Rule;
import io.warmgate.config.Timeouts;
import io.warmgate.server.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A new configuration is taken whole or not at all, under the feet of requests under way. */
class ReloadTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final String GET =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private final TestGateway gateway = new TestGateway();

  @AfterEach
  void close() {
    gateway.close();
  }

  private GatewayConfig https(Certificates certificate, RawOrigin origin) {
    return Configs.on(gateway.port)
        .listeners(
            List.of(
                new Listener(
                    "https",
                    443,
                    gateway.port,
                    Listener.Protocol.HTTPS,
                    null,
                    new ListenerTls(certificate.certificateRef(), certificate.keyRef()),
                    List.of())))
        .backend(origin.port())
        .route("/", origin.port())
        .build();
  }

  private static String serial(SSLSocket socket) throws Exception {
    X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return leaf.getSerialNumber().toString();
  }

  @Test
  void aNewCertificateDropsNoConnection() throws Exception {
    Certificates one = Certificates.create(1);
    Certificates two = Certificates.create(2);
    try (RawOrigin origin = RawOrigin.ok("hello")) {
      gateway.take(https(one, origin), one.values());
      try (SSLSocket before =
          (SSLSocket) one.trusting().getSocketFactory().createSocket(LOOPBACK, gateway.port)) {
        before.startHandshake();
        assertThat(serial(before)).isEqualTo("1");

        gateway.take(https(two, origin), two.values());

        try (SSLSocket after =
            (SSLSocket) two.trusting().getSocketFactory().createSocket(LOOPBACK, gateway.port)) {
          after.startHandshake();
          assertThat(serial(after)).isEqualTo("2");
        }
        before.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(before.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
            .endsWith("hello");
      }
    }
  }

  @Test
  void speaksHttp2ByAlpn() throws Exception {
    Certificates certificate = Certificates.create(3);
    try (RawOrigin origin = RawOrigin.ok("hello")) {
      gateway.take(https(certificate, origin), certificate.values());
      try (HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port + "/"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(RawOrigin.field(origin.heads.get(0), "x-forwarded-proto")).isEqualTo("https");
      }
    }
  }

  @Test
  void backendsAreVerified() {
    Certificates served = Certificates.create(4);
    Certificates other = Certificates.create(5);
    try (TestGateway secure = new TestGateway();
        RawOrigin origin = RawOrigin.ok("hello")) {
      secure.take(
          Configs.on(secure.port)
              .listeners(
                  List.of(
                      new Listener(
                          "https",
                          443,
                          secure.port,
                          Listener.Protocol.HTTPS,
                          null,
                          new ListenerTls(served.certificateRef(), served.keyRef()),
                          List.of())))
              .backend(origin.port())
              .route("/", origin.port())
              .build(),
          served.values());
      assertThat(through(secure.port, served, "localhost")).endsWith("hello");
      assertThat(through(secure.port, served, "elsewhere")).startsWith("HTTP/1.1 502");
      assertThat(through(secure.port, other, "localhost")).startsWith("HTTP/1.1 502");
    }
  }

  private String through(int port, Certificates trusted, String serverName) {
    gateway.take(
        Configs.on(gateway.port)
            .backend(
                port,
                b ->
                    new Backend(
                        b.id(),
                        b.target(),
                        new BackendTls(serverName, trusted.certificateRef(), null, null),
                        b.loadBalancing(),
                        b.ejection(),
                        b.limits()))
            .rule(
                Configs.rule(
                    "/",
                    port,
                    new Timeouts(0, 0),
                    new Retry(0, 0),
                    new io.warmgate.config.Filter.RequestHeaderModifier(
                        List.of(), List.of(), List.of("cdn-loop"))))
            .build(),
        trusted.values());
    return Raw.exchange(gateway.port, GET);
  }

  @Test
  void aWrongConfigurationChangesNothing() {
    try (RawOrigin origin = RawOrigin.ok("hello")) {
      gateway.port(origin);
      Rule bad =
          new Rule(
              "bad",
              List.of(
                  new Match(
                      new PathMatch(PathMatch.Type.REGULAR_EXPRESSION, "/(a"),
                      List.of(),
                      List.of(),
                      null)),
              List.of(),
              List.of(new io.warmgate.config.BackendRef("b" + origin.port(), 1, "g")),
              null,
              new Timeouts(0, 0),
              new Retry(0, 0),
              null);
      assertThatThrownBy(
              () -> gateway.take(Configs.on(gateway.port).backend(origin.port()).rule(bad).build()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("routes[test/r0].rules[bad].matches[0].path.value");
      assertThat(Raw.exchange(gateway.port, GET)).endsWith("hello");
    }
  }

  @Test
  void aPortThatIsTakenIsRefused() throws Exception {
    try (RawOrigin origin = RawOrigin.ok("hello");
        ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      gateway.port(origin);
      assertThatThrownBy(
              () ->
                  gateway.take(
                      Configs.on(taken.getLocalPort())
                          .backend(origin.port())
                          .route("/", origin.port())
                          .build()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("listeners[http].bindPort");
      assertThat(Raw.exchange(gateway.port, GET)).endsWith("hello");
    }
  }

  @Test
  void requestsUnderWayEndUnderTheConfigurationTheyBeganWith() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    RawOrigin.Script script =
        (_, _, connection) -> {
          asked.countDown();
          try {
            assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          connection.send(RawOrigin.response("old"));
        };
    int other = FreePort.onLoopback();
    try (RawOrigin old = new RawOrigin(script);
        RawOrigin now = RawOrigin.ok("new");
        Raw client = new Raw(gateway.port(old))) {
      client.send(GET);
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

      gateway.take(Configs.on(other).backend(now.port()).route("/", now.port()).build());

      assertThat(Raw.exchange(other, GET)).endsWith("new");
      go.countDown();
      assertThat(client.readAll()).endsWith("old");
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> new Raw(gateway.port))
                      .hasRootCauseInstanceOf(java.net.ConnectException.class));
    }
  }

  @Test
  void drainingTellsClientsAndWaitsForThem() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    RawOrigin.Script script =
        (count, _, connection) -> {
          if (count == 2) {
            asked.countDown();
            try {
              assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
          connection.send(RawOrigin.response("hello"));
        };
    try (RawOrigin origin = new RawOrigin(script);
        Raw first = new Raw(gateway.port(origin));
        Raw second = new Raw(gateway.port)) {
      gateway.dataplane.drain();
      first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(first.readAll()).contains("connection: close").endsWith("hello");
      second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      Future<Void> closed = gateway.dataplane.close(Duration.ofSeconds(20));
      assertThat(closed.isComplete()).isFalse();
      go.countDown();
      assertThat(second.readAll()).endsWith("hello");
      TestGateway.await(closed);
    }
  }
}
