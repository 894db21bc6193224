package io.warmgate.server.handover;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.warmgate.server.handover.HandoverCounts.Outcome;
import io.warmgate.server.listener.Raw;
import io.warmgate.server.listener.RawOrigin;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Bodies, upgraded connections, HTTP/2 and TLS on the way over another pod. */
class StreamsTest extends BetweenPods {
  private static final int MIB = 1 << 20;

  /** What may lie in sockets and queues between a fast end and one that stands still. */
  private static final long IN_BETWEEN = 64L * MIB;

  private static void standsStill(LongSupplier bytes) {
    AtomicLong last = new AtomicLong(-1);
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(400))
        .until(() -> last.getAndSet(bytes.getAsLong()) == bytes.getAsLong());
  }

  @Test
  void tenMebibytesBothWays() throws Exception {
    pods.serve(TwoPods.percent(100));
    for (int i = 0; i < 3; i++) {
      Client.Answer up =
          client.post("127.0.0.1", pods.port, "/count", Buffer.buffer(new byte[10 * MIB]));
      assertThat(up.body()).isEqualTo(Integer.toString(10 * MIB));
      Client.Answer down = client.get("127.0.0.1", pods.port, "/large?bytes=" + 10 * MIB);
      assertThat(down.body()).hasSize(10 * MIB);
    }
    await().until(() -> pods.blue.count(Outcome.TO_ANSWERED) == 6);
  }

  @Test
  void aSlowClientHoldsTheBackendBack() throws Exception {
    pods.serve(TwoPods.percent(100));
    try (Socket slow = new Socket(InetAddress.ofLiteral("127.0.0.1"), pods.port)) {
      OutputStream out = slow.getOutputStream();
      long size = 512L * MIB;
      out.write(
          Raw.head("GET /large?bytes=" + size + " HTTP/1.1", "Host: shop.example.com")
              .getBytes(US_ASCII));
      InputStream in = slow.getInputStream();
      assertThat(in.readNBytes(MIB)).hasSize(MIB);
      standsStill(origin.sent::get);
      assertThat(origin.sent.get()).isLessThan(IN_BETWEEN);
      assertThat(in.readNBytes(100 * MIB)).hasSize(100 * MIB);
      assertThat(origin.sent.get() - 100L * MIB).isLessThan(IN_BETWEEN);
    }
    assertThat(pods.green.count(Outcome.FROM_TAKEN)).isEqualTo(1);
    await().until(() -> pods.blue.log().contains("handedTo"));
  }

  @Test
  void aClientThatGoesIsGoneThereToo() throws Exception {
    pods.serve(TwoPods.percent(100));
    try (Raw raw = new Raw(pods.port)) {
      raw.send(Raw.head("GET /wait HTTP/1.1", "Host: shop.example.com"));
      await().until(() -> origin.waiting.get() == 1);
      raw.hangUp();
    }
    await().until(() -> origin.givenUp.get() == 1);
    assertThat(client.get("127.0.0.1", pods.port, "/a").status()).isEqualTo(200);
    assertThat(pods.green.count(Outcome.FROM_TAKEN)).isEqualTo(2);
  }

  @Test
  void upgradedConnectionsGoThrough() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    RawOrigin.Script echo =
        (_, head, connection) -> {
          connection.send(
              Raw.head(
                  "HTTP/1.1 101 Switching Protocols",
                  "Connection: Upgrade",
                  "Upgrade: websocket",
                  "X-Seen: " + RawOrigin.field(head, "x-forwarded-for")));
          for (int octet = connection.in().read(); octet >= 0; octet = connection.in().read()) {
            connection.out().write(octet);
            connection.out().flush();
          }
          closed.incrementAndGet();
        };
    try (RawOrigin socket = new RawOrigin(echo);
        TwoPods two = new TwoPods(root.resolve("two"), socket.port()).serve(TwoPods.percent(100));
        Raw raw = new Raw(two.port)) {
      raw.send(
          Raw.head(
              "GET /socket HTTP/1.1",
              "Host: shop.example.com",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Version: 13"));
      assertThat(raw.readTo("\r\n\r\n"))
          .startsWith("HTTP/1.1 101")
          .containsIgnoringCase("x-seen: 127.0.0.1")
          .doesNotContainIgnoringCase("warmgate-handover");
      for (int i = 0; i < 3; i++) {
        raw.send("hello" + i);
        assertThat(raw.readTo("hello" + i)).isEqualTo("hello" + i);
      }
      assertThat(two.green.count(Outcome.FROM_TAKEN)).isEqualTo(1);
      raw.hangUp();
      await().until(() -> closed.get() == 1);
      await().until(() -> two.blue.count(Outcome.TO_ANSWERED) == 1);
    }
  }

  @Test
  void clientsOfHttp2SeeTheSame() throws Exception {
    pods.serve(null);
    String get = client.http2(HttpMethod.GET, pods.port, "/a?b", "").body();
    String post = client.http2(HttpMethod.POST, pods.port, "/a", "hello").body();
    pods.serve(TwoPods.percent(100));
    Client.Answer there = client.http2(HttpMethod.GET, pods.port, "/a?b", "");
    assertThat(there.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(there.body()).isEqualTo(get).contains("via: 2 warmgate").doesNotContain("chunked");
    assertThat(client.http2(HttpMethod.POST, pods.port, "/a", "hello").body())
        .isEqualTo(post)
        .endsWith("hello");
    assertThat(client.http2(HttpMethod.HEAD, pods.port, "/a", "").status()).isEqualTo(200);
    assertThat(pods.green.count(Outcome.FROM_TAKEN)).isEqualTo(3);
    await().until(() -> pods.green.log().contains("\"protocol\":\"h2\""));
  }

  @Test
  void listenersOverTlsSeeTheSame() throws Exception {
    pods.serveSecure(null);
    String direct = client.secure("127.0.0.1", pods.port, "/a").body();
    String http2 = client.secureHttp2(HttpMethod.GET, pods.port, "/a", "").body();
    pods.serveSecure(TwoPods.percent(100));
    assertThat(client.secure("127.0.0.1", pods.port, "/a").body())
        .isEqualTo(direct)
        .contains("x-forwarded-proto: https", "x-forwarded-port: 443");
    assertThat(client.secureHttp2(HttpMethod.GET, pods.port, "/a", "").body())
        .isEqualTo(http2)
        .contains("via: 2 warmgate");
    assertThat(pods.green.count(Outcome.FROM_TAKEN)).isEqualTo(2);
    assertThat(client.secure("127.0.0.1", pods.port, "/a", "host", "nobody.example.org").status())
        .isEqualTo(421);
  }
}
