package io.warmgate.server.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.ClientLimits;
import io.warmgate.config.Listener;
import io.warmgate.config.ListenerTls;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is decided when a connection is made changes while the port stays open. */
class RenewalTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String GET = Raw.head("GET / HTTP/1.1", "Host: a");
  private static final String LAST = Raw.head("GET / HTTP/1.1", "Host: a", "Connection: close");

  private final TestGateway gateway = new TestGateway();
  private final RawOrigin origin = RawOrigin.ok("hello");
  private final Queue<String> lost = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();

  @AfterEach
  void stop() {
    gateway.close();
    origin.close();
  }

  private void limits(int maxHeaderBytes, long idleMillis) {
    gateway.take(
        Configs.on(gateway.port)
            .limits(new ClientLimits(maxHeaderBytes, 0, 10_000, idleMillis, 10_000))
            .backend(origin.port())
            .route("/", origin.port())
            .build());
  }

  @Test
  void newLimitsLoseNoRequestOfAClientThatDoesNotRetry() throws Exception {
    limits(8_192, 60_000);
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        Closeable _ = () -> over.set(true)) {
      for (int i = 0; i < 3; i++) {
        clients.execute(() -> until(over, this::onANewConnection));
        clients.execute(() -> until(over, this::onAConnectionThatIsKept));
        clients.execute(() -> until(over, this::overHttp2));
      }
      for (int round = 1; round <= 40; round++) {
        int before = answered.get();
        limits(8_192 + 1_024 * (round % 2), 60_000 + round % 3);
        await().until(() -> answered.get() > before + 20 || !lost.isEmpty());
      }
    }
    System.out.println(
        "40 renewals of a port: " + answered + " answered, " + lost.size() + " lost");
    assertThat(lost).isEmpty();
  }

  private void until(AtomicBoolean over, Callable<Void> client) {
    while (!over.get()) {
      try {
        client.call();
      } catch (Exception | AssertionError e) {
        lost.add(e.toString());
      }
    }
  }

  private Void onANewConnection() {
    hello(Raw.exchange(gateway.port, LAST));
    return null;
  }

  /** As long as the gateway does not say that it closes it (RFC 9112 §9.6). */
  private Void onAConnectionThatIsKept() {
    try (Raw client = new Raw(gateway.port)) {
      for (int i = 0; i < 200; i++) {
        String answer = client.send(GET).readTo("hello");
        hello(answer);
        if (answer.contains("connection: close")) {
          return null;
        }
      }
    }
    return null;
  }

  private Void overHttp2() throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      for (int i = 0; i < 200; i++) {
        URI uri = URI.create("http://127.0.0.1:" + gateway.port + "/");
        hello(
            client
                .send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString())
                .body());
      }
    }
    return null;
  }

  private void hello(String answer) {
    assertThat(answer).endsWith("hello");
    answered.incrementAndGet();
  }

  @Test
  void connectionsHaveTheLimitsOfTheTimeTheyWereMade() {
    String large = Raw.head("GET / HTTP/1.1", "Host: a", "X: " + "x".repeat(10_000));
    limits(16_384, 60_000);
    try (Raw before = new Raw(gateway.port)) {
      assertThat(before.send(large).readTo("hello")).startsWith("HTTP/1.1 200");

      limits(8_192, 60_000);

      assertThat(Raw.exchange(gateway.port, large)).startsWith("HTTP/1.1 431");
      assertThat(before.send(large).readAll())
          .startsWith("HTTP/1.1 200")
          .contains("connection: close")
          .endsWith("hello");
    }
    limits(16_384, 1_000);
    try (Raw idle = new Raw(gateway.port)) {
      assertThat(idle.send(large).readTo("hello")).startsWith("HTTP/1.1 200");
      assertThat(idle.readAll()).isEmpty();
    }
  }

  @Test
  void aPortThatTurnsToHttpsAndBackRefusesNobody() throws Exception {
    Certificates certificate = Certificates.create(1);
    Listener https =
        new Listener(
            "https",
            443,
            gateway.port,
            Listener.Protocol.HTTPS,
            null,
            new ListenerTls(certificate.certificateRef(), certificate.keyRef()),
            List.of());
    limits(8_192, 60_000);
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        Closeable _ = () -> over.set(true)) {
      clients.execute(() -> until(over, this::connect));
      for (int round = 0; round < 10; round++) {
        try (Raw plain = new Raw(gateway.port)) {
          assertThat(plain.send(GET).readTo("hello")).startsWith("HTTP/1.1 200");
          gateway.take(
              Configs.on(gateway.port)
                  .listeners(List.of(https))
                  .backend(origin.port())
                  .route("/", origin.port())
                  .build(),
              certificate.values());
          assertThat(plain.readAll()).as("a plain connection that was open").isEmpty();
        }
        assertThat(overTls(certificate)).endsWith("hello");
        gateway.take(
            Configs.on(gateway.port).backend(origin.port()).route("/", origin.port()).build(),
            TestGateway.NO_VALUES);
      }
    }
    assertThat(lost).isEmpty();
  }

  private Void connect() throws Exception {
    new Socket(LOOPBACK, gateway.port).close();
    return null;
  }

  private String overTls(Certificates certificate) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            certificate.trusting().getSocketFactory().createSocket(LOOPBACK, gateway.port)) {
      socket.getOutputStream().write(LAST.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  @Test
  void aPortThatIsClosedDoesNotWaitForConnectionsThatWereLeaving() {
    limits(8_192, 60_000);
    try (Raw idle = new Raw(gateway.port)) {
      assertThat(idle.send(GET).readTo("hello")).startsWith("HTTP/1.1 200");
      limits(16_384, 60_000);
      long start = System.nanoTime();
      TestGateway.await(gateway.dataplane.close(Duration.ofSeconds(15)));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(idle.readAll()).isEmpty();
    }
  }
}
