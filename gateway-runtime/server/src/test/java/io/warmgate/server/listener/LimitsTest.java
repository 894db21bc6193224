package io.warmgate.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.ClientLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client may ask of a pod. */
class LimitsTest {
  private final TestGateway gateway = new TestGateway();
  private final RawOrigin origin =
      new RawOrigin(
          (_, head, connection) -> {
            connection.in().readNBytes(length(head));
            connection.send(RawOrigin.response("hello"));
          });

  private static int length(String head) {
    String length = RawOrigin.field(head, "content-length");
    return length.isEmpty() ? 0 : Integer.parseInt(length);
  }

  @BeforeEach
  void start() {
    limits(new ClientLimits(8_192, 100, 300, 60_000, 10_000));
  }

  private void limits(ClientLimits limits) {
    gateway.take(
        Configs.on(gateway.port)
            .limits(limits)
            .backend(origin.port())
            .route("/", origin.port())
            .build());
  }

  @AfterEach
  void stop() {
    gateway.close();
    origin.close();
  }

  @Test
  void aHeaderOfOneMebibyteIs431() {
    String answer =
        Raw.exchange(
            gateway.port, "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 431");
    assertThat(origin.heads).isEmpty();
  }

  @Test
  void aHeadThatTricklesIs408() {
    try (Raw client = new Raw(gateway.port)) {
      long started = System.nanoTime();
      client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
      assertThat(client.readAll()).startsWith("HTTP/1.1 408");
      assertThat((System.nanoTime() - started) / 1_000_000L).isBetween(250L, 5_000L);
    }
  }

  @Test
  void theSecondHeadHasItsOwnTime() {
    try (Raw client = new Raw(gateway.port)) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.readTo("hello")).startsWith("HTTP/1.1 200");
      client.send("GET / HTTP/1.1\r\nHo");
      assertThat(client.readAll()).startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void aLargeBodyIs413WhetherSaidOrFound() {
    String said =
        Raw.exchange(
            gateway.port,
            Raw.head("POST / HTTP/1.1", "Host: a", "Content-Length: 101", "Connection: close")
                + "x".repeat(101));
    assertThat(said).startsWith("HTTP/1.1 413");
    assertThat(origin.heads).isEmpty();

    String found =
        Raw.exchange(
            gateway.port,
            Raw.head(
                    "POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked", "Connection: close")
                + "c8\r\n"
                + "x".repeat(200)
                + "\r\n0\r\n\r\n");
    assertThat(found).startsWith("HTTP/1.1 413");
  }

  @Test
  void beyondMaxConnectionsTheyWait() {
    limits(new ClientLimits(8_192, 100, 10_000, 60_000, 2));
    try (Raw first = new Raw(gateway.port);
        Raw second = new Raw(gateway.port)) {
      first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("hello");
      second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("hello");
      int served = gateway.ended.size();
      try (Raw third = new Raw(gateway.port)) {
        third.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await()
            .during(java.time.Duration.ofMillis(300))
            .atMost(java.time.Duration.ofSeconds(5))
            .until(() -> gateway.ended.size() <= Math.max(served, 2));
        first.hangUp();
        assertThat(third.readTo("hello")).startsWith("HTTP/1.1 200");
      }
    }
  }
}
