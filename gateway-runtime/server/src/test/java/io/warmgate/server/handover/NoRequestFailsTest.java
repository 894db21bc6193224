package io.warmgate.server.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.warmgate.config.admin.EndpointSets;
import io.warmgate.server.handover.HandoverCounts.Outcome;
import io.warmgate.server.lifecycle.Drain;
import io.warmgate.server.listener.Raw;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever becomes of the other side, clients are answered. */
class NoRequestFailsTest extends BetweenPods {
  /** Blue comes to green over it alone. */
  private Cable cable() throws IOException {
    Cable cable = new Cable(pods.green.endpoint());
    pods.endpoints(List.of(pods.blue.endpoint()), List.of(cable.endpoint()));
    return cable;
  }

  /** Clients that ask the two pods, one after the other, until they are stopped. */
  private final class Load implements AutoCloseable {
    final AtomicInteger answered = new AtomicInteger();
    final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    Load(String... addresses) {
      for (int i = 0; i < 8; i++) {
        threads.add(Thread.ofVirtual().start(() -> run(addresses)));
      }
    }

    private void run(String... addresses) {
      for (int i = 0; !over.get(); i++) {
        try {
          Client.Answer answer = client.get(addresses[i % addresses.length], pods.port, "/a");
          if (answer.status() != 200) {
            failed.add(answer.toString());
          }
        } catch (Exception e) {
          failed.add(e.toString());
        }
        answered.incrementAndGet();
      }
    }

    void more(int requests) {
      int until = answered.get() + requests;
      await().atMost(Duration.ofSeconds(60)).until(() -> answered.get() >= until);
    }

    @Override
    public void close() {
      over.set(true);
      threads.forEach(thread -> await().until(() -> !thread.isAlive()));
      assertThat(failed).isEmpty();
    }
  }

  @Test
  void theOtherSideIsKilledUnderLoad() throws Exception {
    pods.serve(TwoPods.percent(100));
    try (Cable cable = cable();
        Load load = new Load("127.0.0.1")) {
      load.more(300);
      assertThat(pods.green.count(Outcome.FROM_TAKEN)).isGreaterThanOrEqualTo(300);
      cable.cut();
      load.more(600);
    }
    assertThat(pods.blue.count(Outcome.TO_UNREACHABLE) + pods.blue.count(Outcome.TO_LOST))
        .isPositive();
    assertThat(pods.blue.count(Outcome.TO_NO_POD)).isPositive();
    assertThat(pods.blue.count(Outcome.TO_BROKEN)).isZero();
  }

  @Test
  void thereAndBackUnderLoad() throws Exception {
    pods.serve(TwoPods.percent(1));
    try (Load load = new Load("127.0.0.1", "127.0.0.2")) {
      for (int percent : new int[] {10, 50, 100, 50, 0, 100, 0}) {
        load.more(150);
        pods.serve(TwoPods.percent(percent));
      }
      load.more(150);
      pods.serve(null);
      load.more(150);
    }
    assertThat(pods.green.count(Outcome.FROM_TAKEN)).isPositive();
    assertThat(pods.blue.count(Outcome.FROM_TAKEN)).isPositive();
    assertThat(origin.asked.get()).isPositive();
  }

  /** Its ports stay open for longer than an idle connection is kept, as {@link Handovers} wants. */
  @Test
  void theOtherSideEndsUnderLoad() throws Exception {
    pods.serve(TwoPods.percent(100));
    try (Load load = new Load("127.0.0.1");
        Raw uploading = new Raw(pods.port)) {
      load.more(100);
      uploading.send(
          Raw.head("POST /count HTTP/1.1", "Host: shop.example.com", "Content-Length: 10")
              + "hello");
      await().until(() -> origin.counting.get() == 1);
      Thread ending =
          Thread.ofVirtual()
              .start(
                  () ->
                      pods.green.end(
                          new Drain(
                              Duration.ofSeconds(8),
                              Duration.ofSeconds(1),
                              Duration.ofSeconds(20))));
      await().until(() -> pods.blue.count(Outcome.TO_REFUSED) > 0);
      load.more(300);
      uploading.send("world");
      assertThat(uploading.readTo("\r\n\r\n10")).startsWith("HTTP/1.1 200");
      ending.join();
      load.more(100);
    }
    assertThat(pods.blue.count(Outcome.TO_LOST)).isZero();
    assertThat(pods.blue.count(Outcome.TO_BROKEN)).isZero();
    assertThat(pods.green.count(Outcome.FROM_DRAINING)).isPositive();
  }

  @Test
  void contentIsNotUsedUpByAPodThatCannotBeReached() throws Exception {
    pods.serve(TwoPods.percent(100));
    Buffer body = Buffer.buffer(new byte[1 << 20]);
    pods.green.server.drain();
    Client.Answer refused = client.post("127.0.0.1", pods.port, "/count", body);
    assertThat(refused.body()).isEqualTo(Integer.toString(1 << 20));
    assertThat(pods.blue.count(Outcome.TO_REFUSED)).isEqualTo(1);

    pods.endpoints(List.of(), List.of(new EndpointSets.Endpoint("127.0.0.2", 1)));
    Client.Answer unreachable = client.post("127.0.0.1", pods.port, "/count", body);
    assertThat(unreachable.body()).isEqualTo(Integer.toString(1 << 20));
    assertThat(pods.blue.count(Outcome.TO_UNREACHABLE)).isEqualTo(1);

    pods.endpoints(List.of(), List.of());
    assertThat(client.post("127.0.0.1", pods.port, "/count", body).status()).isEqualTo(200);
    assertThat(pods.blue.count(Outcome.TO_NO_POD)).isEqualTo(1);
  }

  @Test
  void aPodThatDoesNotSpeakIsNotWaitedFor() throws Exception {
    pods.serve(TwoPods.percent(100));
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.2"))) {
      pods.endpoints(
          List.of(), List.of(new EndpointSets.Endpoint("127.0.0.2", silent.getLocalPort())));
      long before = System.nanoTime();
      assertThat(client.get("127.0.0.1", pods.port, "/a").status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      assertThat(client.get("127.0.0.1", pods.port, "/a").status()).isEqualTo(200);
    }
    assertThat(pods.blue.count(Outcome.TO_UNREACHABLE)).isEqualTo(1);
    assertThat(pods.blue.count(Outcome.TO_NO_POD)).isEqualTo(1);
  }

  @Test
  void whatMayHaveActedIsNotAskedAgain() throws Exception {
    pods.serve(TwoPods.percent(100));
    try (Cable cable = cable();
        Raw raw = new Raw(pods.port)) {
      raw.send(Raw.head("DELETE /wait HTTP/1.1", "Host: shop.example.com", "Connection: close"));
      await().until(() -> origin.waiting.get() == 1);
      cable.cut();
      assertThat(raw.readAll()).startsWith("HTTP/1.1 502");
    }
    assertThat(origin.asked.get()).isEqualTo(1);
    await().until(() -> pods.blue.count(Outcome.TO_BROKEN) == 1);
  }

  @Test
  void whatIsSafeIsAskedHereOnceMore() throws Exception {
    pods.serve(TwoPods.percent(100));
    try (Cable cable = cable();
        Raw raw = new Raw(pods.port)) {
      raw.send(Raw.head("GET /wait HTTP/1.1", "Host: shop.example.com"));
      await().until(() -> origin.waiting.get() == 1);
      cable.cut();
      await().until(() -> origin.waiting.get() == 2);
    }
    assertThat(pods.blue.count(Outcome.TO_LOST)).isEqualTo(1);
  }
}
