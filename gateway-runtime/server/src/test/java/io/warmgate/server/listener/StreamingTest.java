package io.warmgate.server.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies go through as they come, whatever their size, and no faster than they are taken. */
class StreamingTest {
  private static final byte[] CHUNK = new byte[64 << 10];

  /** What may lie in sockets and queues between a fast end and one that stands still. */
  private static final long IN_BETWEEN = 64L << 20;

  private final TestGateway gateway = new TestGateway();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  @AfterEach
  void close() {
    gateway.close();
    TestGateway.await(vertx.close());
  }

  @Test
  void aGibibyteGoesDownNoFasterThanItIsRead() throws Exception {
    long size = 1L << 30;
    AtomicLong written = new AtomicLong();
    RawOrigin.Script script =
        (_, _, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
          for (long sent = 0; sent < size; sent += CHUNK.length) {
            connection.out().write(CHUNK);
            written.addAndGet(CHUNK.length);
          }
          connection.out().flush();
        };
    try (RawOrigin origin = new RawOrigin(script);
        Raw client = new Raw(gateway.port(origin))) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("\r\n\r\n");
      InputStream in = client.socket.getInputStream();
      long read = 0;
      byte[] buffer = new byte[256 << 10];
      while (read < size) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, size - read));
        assertThat(n).isPositive();
        read += n;
        assertThat(written.get() - read).isLessThan(IN_BETWEEN);
      }
    }
  }

  @Test
  void aSlowReaderHoldsTheBackend() throws Exception {
    AtomicLong written = new AtomicLong();
    RawOrigin.Script script =
        (_, _, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
          while (true) {
            connection.out().write(CHUNK);
            written.addAndGet(CHUNK.length);
          }
        };
    try (RawOrigin origin = new RawOrigin(script);
        Raw client = new Raw(gateway.port(origin))) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("\r\n\r\n");
      long[] before = {-1};
      org.awaitility.Awaitility.await()
          .pollInterval(java.time.Duration.ofMillis(300))
          .until(() -> before[0] == (before[0] = written.get()));
      assertThat(written.get()).isLessThan(IN_BETWEEN);
    }
  }

  @Test
  void aLargeBodyGoesUp() throws Exception {
    int size = 256 << 20;
    CountDownLatch answered = new CountDownLatch(1);
    AtomicLong received = new AtomicLong();
    HttpServer server =
        TestGateway.await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .handler(chunk -> received.addAndGet(chunk.length()))
                            .endHandler(_ -> request.response().end(Buffer.buffer("done"))))
                .listen(0, "127.0.0.1"));
    int port = server.actualPort();
    gateway.take(Configs.on(gateway.port).backend(port).route("/", port).build());
    try (Raw client = new Raw(gateway.port)) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n");
      Thread.ofVirtual()
          .start(
              () -> {
                client.readTo("done");
                answered.countDown();
              });
      for (int sent = 0; sent < size; sent += CHUNK.length) {
        write(client);
      }
      assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(received.get()).isEqualTo(size);
    }
  }

  private static void write(Raw client) throws IOException {
    client.socket.getOutputStream().write(CHUNK);
  }

  @Test
  void eventsAreNotHeldBack() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    RawOrigin.Script script =
        (_, _, connection) -> {
          connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
          try {
            assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          connection.send("data: 2\n\n");
          connection.close();
        };
    try (RawOrigin origin = new RawOrigin(script);
        Raw client = new Raw(gateway.port(origin))) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("data: 1\n\n");
      first.countDown();
      client.readTo("data: 2\n\n\r\n0\r\n\r\n");
    }
  }

  @Test
  void continueIsSentWhenTheBackendIsThere() {
    RawOrigin.Script script =
        (_, head, connection) -> {
          assertThat(RawOrigin.field(head, "expect")).isEmpty();
          connection.in().readNBytes(5);
          connection.send(RawOrigin.response("hello"));
        };
    try (RawOrigin origin = new RawOrigin(script);
        Raw client = new Raw(gateway.port(origin))) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 100");
      client.send("world");
      assertThat(client.readTo("hello")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void earlyHintsGoThrough() {
    RawOrigin.Script script =
        (_, _, connection) ->
            connection.send(
                "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + RawOrigin.response("hello"));
    try (RawOrigin origin = new RawOrigin(script);
        Raw client = new Raw(gateway.port(origin))) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.readTo("hello")).startsWith("HTTP/1.1 103").contains("HTTP/1.1 200");
    }
  }

  @Test
  void webSocketsPassThrough() throws Exception {
    RawOrigin.Script script =
        (_, head, connection) -> {
          assertThat(RawOrigin.field(head, "upgrade")).isEqualTo("websocket");
          assertThat(RawOrigin.field(head, "sec-websocket-key")).isEqualTo("k");
          connection.send(
              Raw.head(
                      "HTTP/1.1 101 Switching Protocols",
                      "Upgrade: websocket",
                      "Connection: Upgrade",
                      "Sec-WebSocket-Accept: x")
                  + "first");
          byte[] four = connection.in().readNBytes(4);
          connection.out().write(four);
          connection.close();
        };
    try (RawOrigin origin = new RawOrigin(script);
        Raw client = new Raw(gateway.port(origin))) {
      client.send(
          Raw.head(
              "GET /ws HTTP/1.1",
              "Host: a",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Key: k",
              "Sec-WebSocket-Version: 13"));
      assertThat(client.readTo("first"))
          .startsWith("HTTP/1.1 101")
          .containsIgnoringCase("upgrade: websocket")
          .containsIgnoringCase("sec-websocket-accept: x");
      client.send("ping");
      assertThat(client.readAll()).isEqualTo("ping");
    }
  }

  @Test
  void anUpgradeThatIsDeclinedIsAnAnswer() {
    try (RawOrigin origin = RawOrigin.ok("no");
        Raw client = new Raw(gateway.port(origin))) {
      client.send(
          "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
      assertThat(client.readTo("no")).startsWith("HTTP/1.1 200");
    }
  }
}
