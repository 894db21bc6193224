package io.warmgate.server.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.ClientCertificates;
import io.warmgate.config.ClientCertificates.Mode;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Listener;
import io.warmgate.config.ListenerTls;
import io.warmgate.config.ValueRef;
import io.warmgate.server.listener.Authority.Issued;
import io.warmgate.server.listener.Authority.Validity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A listener takes client certificates that its authorities signed. */
class ClientAuthoritiesTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Authority OWN = new Authority("own");
  private static final Authority NEXT = new Authority("next");

  /** Of the same name as the one that is trusted, with another key. */
  private static final Authority FORGED = new Authority("own");

  private static final Issued SERVER = new Authority("public").server();
  private static final Issued ANN = OWN.issue("ann");
  private static final Issued BEN = NEXT.issue("ben");
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final TestGateway gateway = new TestGateway();
  private final RawOrigin origin = RawOrigin.ok("hello");
  private final AtomicInteger answered = new AtomicInteger();

  @AfterEach
  void stop() {
    gateway.close();
    origin.close();
  }

  private static ValueRef ref(String name, byte[] value) {
    return new ValueRef("test/" + name, "%064x".formatted(java.util.Arrays.hashCode(value)));
  }

  /**
   * @param mode null: nothing is said of clients
   */
  private void serve(@Nullable Mode mode, byte[] bundle) {
    Map<ValueRef, byte[]> values = new HashMap<>();
    ValueRef certificate = ref("tls.crt", SERVER.certificate());
    ValueRef key = ref("tls.key", SERVER.key());
    ValueRef authorities = ref("ca.crt", bundle);
    values.put(certificate, SERVER.certificate());
    values.put(key, SERVER.key());
    values.put(authorities, bundle);
    ListenerTls tls = new ListenerTls(certificate, key);
    gateway.take(
        Configs.on(gateway.port)
            .listeners(
                List.of(
                    new Listener(
                        "https",
                        443,
                        gateway.port,
                        Listener.Protocol.HTTPS,
                        null,
                        mode == null ? tls : tls.with(new ClientCertificates(mode, authorities)),
                        List.of())))
            .backend(origin.port())
            .route("/", origin.port())
            .build(),
        reference -> Objects.requireNonNull(values.get(reference), reference.name()));
  }

  private SSLSocket connect(SSLContext client) throws IOException {
    SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(LOOPBACK, gateway.port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Sends a request and reads what comes: to the end of its body, or of the connection. */
  private String ask(SSLSocket socket) throws IOException {
    socket.getOutputStream().write(GET.getBytes(US_ASCII));
    socket.getOutputStream().flush();
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("hello")) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        break;
      }
      answer.append((char) read);
    }
    if (!answer.isEmpty()) {
      answered.incrementAndGet();
    }
    return answer.toString();
  }

  private int status(SSLContext client) throws IOException {
    try (SSLSocket socket = connect(client)) {
      String answer = ask(socket);
      return answer.isEmpty() ? 0 : Integer.parseInt(answer.substring(9, 12));
    }
  }

  private HttpResponse<String> askHttp2(HttpClient client) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port + "/"))
                .timeout(Duration.ofSeconds(10))
                .build(),
            BodyHandlers.ofString());
    answered.incrementAndGet();
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    return answer;
  }

  private static HttpClient http2(SSLContext context) {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(context).build();
  }

  private void isNotConnected(SSLContext client) {
    assertThatThrownBy(() -> status(client)).isInstanceOf(IOException.class);
    try (HttpClient http2 = http2(client)) {
      assertThatThrownBy(() -> askHttp2(http2)).isInstanceOf(IOException.class);
    }
    assertThat(origin.heads).isEmpty();
    assertThat(gateway.ended).isEmpty();
  }

  private void isAnswered(SSLContext client) throws Exception {
    assertThat(status(client)).isEqualTo(200);
    try (HttpClient http2 = http2(client)) {
      assertThat(askHttp2(http2).body()).isEqualTo("hello");
    }
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("another authority's", NEXT.issue("ann")),
        Arguments.of("one of another of the same name", FORGED.issue("ann")),
        Arguments.of("over", OWN.issue("ann", Validity.OVER, KeyPurposeId.id_kp_clientAuth)),
        Arguments.of(
            "not yet good", OWN.issue("ann", Validity.NOT_YET, KeyPurposeId.id_kp_clientAuth)),
        Arguments.of("a server's", OWN.issue("ann", Validity.NOW, KeyPurposeId.id_kp_serverAuth)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void aWrongCertificateIsRefusedInTheHandshake(String what, Issued certificate) {
    serve(Mode.REQUIRED, OWN.bundle());
    isNotConnected(certificate.client());
    serve(Mode.OPTIONAL, OWN.bundle());
    isNotConnected(certificate.client());
  }

  @Test
  void whereItIsRequiredNobodyIsConnectedWithout() throws Exception {
    serve(Mode.REQUIRED, OWN.bundle());
    isNotConnected(Authority.without());
    isAnswered(ANN.client());
  }

  @Test
  void whereItIsOptionalNoneIsFine() throws Exception {
    serve(Mode.OPTIONAL, OWN.bundle());
    isAnswered(Authority.without());
    isAnswered(ANN.client());
  }

  @Test
  void whereNothingIsSaidNobodyIsAsked() throws Exception {
    serve(null, OWN.bundle());
    isAnswered(Authority.without());
    isAnswered(FORGED.issue("ann").client());
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void otherAuthoritiesDropNoConnectionOfWhomTheyTake(Mode mode) throws Exception {
    serve(mode, OWN.bundle());
    try (SSLSocket ann = connect(ANN.client());
        HttpClient annHttp2 = http2(ANN.client())) {
      assertThat(ask(ann)).startsWith("HTTP/1.1 200");
      askHttp2(annHttp2);

      serve(mode, OWN.bundle(NEXT));

      isAnswered(BEN.client());
      try (SSLSocket ben = connect(BEN.client());
          HttpClient benHttp2 = http2(BEN.client())) {
        assertThat(ask(ben)).startsWith("HTTP/1.1 200");
        askHttp2(benHttp2);
        int connections = connections();
        assertThat(ask(ann)).startsWith("HTTP/1.1 200").doesNotContain("connection: close");
        assertThat(askHttp2(annHttp2).statusCode()).isEqualTo(200);
        assertThat(connections()).isEqualTo(connections);

        serve(mode, NEXT.bundle());

        assertThat(ask(ben)).startsWith("HTTP/1.1 200").doesNotContain("connection: close");
        assertThat(askHttp2(benHttp2).statusCode()).isEqualTo(200);
        assertThat(connections()).isEqualTo(connections);
        int asked = origin.heads.size();
        assertThat(ask(ann)).startsWith("HTTP/1.1 421").contains("connection: close");
        assertThat(askHttp2(annHttp2).statusCode()).isEqualTo(421);
        await()
            .untilAsserted(
                () -> assertThatThrownBy(() -> askHttp2(annHttp2)).isInstanceOf(IOException.class));
        assertThat(origin.heads).hasSize(asked);
        assertThatThrownBy(() -> status(ANN.client())).isInstanceOf(IOException.class);
      }
    }
  }

  /** How many came, by the numbers of their ports. */
  private int connections() {
    await().until(() -> gateway.ended.size() == answered.get());
    return (int)
        gateway.ended.stream()
            .map(exchange -> exchange.request().remoteAddress())
            .distinct()
            .count();
  }

  /** TLS verifies nothing of a session that it resumes. */
  @Test
  void aSessionThatIsResumedIsNoWayAroundOtherAuthorities() throws Exception {
    SSLContext client = ANN.client();
    serve(Mode.REQUIRED, OWN.bundle());
    assertThat(status(client)).isEqualTo(200);
    assertThat(status(client)).isEqualTo(200);

    serve(Mode.REQUIRED, NEXT.bundle());

    assertThatThrownBy(() -> status(client)).isInstanceOf(IOException.class);
  }

  @Test
  void whoWasConnectedWithoutIsNotAnsweredOnceItIsRequired() throws Exception {
    serve(null, OWN.bundle());
    try (SSLSocket before = connect(ANN.client());
        HttpClient http2 = http2(ANN.client())) {
      assertThat(ask(before)).startsWith("HTTP/1.1 200");
      askHttp2(http2);

      serve(Mode.OPTIONAL, OWN.bundle());
      isAnswered(Authority.without());
      isAnswered(ANN.client());
      serve(Mode.REQUIRED, OWN.bundle());

      assertThat(ask(before)).startsWith("HTTP/1.1 421");
      isNotAnsweredWithout();
      // The client comes again, and shows it.
      await().untilAsserted(() -> assertThat(askHttp2(http2).statusCode()).isEqualTo(200));
      serve(null, OWN.bundle());
      isAnswered(Authority.without());
    }
  }

  private void isNotAnsweredWithout() {
    assertThatThrownBy(() -> status(Authority.without())).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoBundleIsRefusedAndChangesNothing() throws Exception {
    serve(Mode.REQUIRED, OWN.bundle());
    for (String wrong : new String[] {"", "partners", "-----BEGIN CERTIFICATE-----\nAA=="}) {
      assertThatThrownBy(() -> serve(Mode.REQUIRED, wrong.getBytes(US_ASCII)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("listeners[https].tls.clientCertificates")
          .hasMessageContaining("test/ca.crt");
    }
    isAnswered(ANN.client());
    isNotAnsweredWithout();
  }
}
