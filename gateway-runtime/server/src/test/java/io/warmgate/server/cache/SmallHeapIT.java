package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.cache.store.SharedStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The largest body that is kept, through a pod that could not hold it once. */
class SmallHeapIT {
  private static final String BODY = LargeOrigin.text(9, SharedStore.LARGEST_BODY);

  private static final int STALLED = 20;

  private final RealRedis redis = RealRedis.started();
  private final LargeOrigin origin = new LargeOrigin();
  private final List<Socket> open = new ArrayList<>();
  private Process pod = start();
  private int port;

  @BeforeEach
  void begin() throws IOException {
    origin.body = BODY;
    BufferedReader out = pod.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("port ")) {
        port = Integer.parseInt(line.substring("port ".length()));
        return;
      }
    }
    throw new AssertionError("the pod did not start");
  }

  private Process start() {
    try {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx52m",
              "-XX:MaxDirectMemorySize=52m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-XX:+ExitOnOutOfMemoryError",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-cp",
              System.getProperty("java.class.path"),
              SmallHeapPod.class.getName(),
              Integer.toString(origin.port()),
              Integer.toString(redis.address().port()))
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void end() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    pod.destroyForcibly();
    origin.close();
    redis.close();
  }

  /** A client that has sent its request. */
  private InputStream ask() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    open.add(socket);
    socket.setSoTimeout(60_000);
    String request = "GET /x HTTP/1.1\r\nhost: " + HOST + "\r\nconnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket.getInputStream();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("it ended after " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void body(InputStream in, int from, int to) throws IOException {
    byte[] bytes = new byte[64 << 10];
    for (int at = from; at < to; ) {
      int read = in.readNBytes(bytes, 0, Math.min(bytes.length, to - at));
      assertThat(new String(bytes, 0, read, StandardCharsets.US_ASCII))
          .as("at %d", at)
          .isEqualTo(BODY.substring(at, Math.min(to, at + bytes.length)));
      at += read;
    }
  }

  /** Whether it is in Redis after one client more has read it; a busy machine may miss it once. */
  private boolean isStored() throws IOException {
    InputStream one = ask();
    head(one);
    body(one, 0, BODY.length());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (System.nanoTime() < until) {
      if (redis.ask("KEYS *").lines().anyMatch(key -> key.matches("wg:.*:[0-9a-f]{64}"))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theLargestBodyGoesThroughToAndFromRedis() throws IOException {
    await().atMost(60, TimeUnit.SECONDS).pollDelay(Duration.ZERO).until(this::isStored);
    int asked = origin.requests();

    InputStream fast = ask();
    assertThat(head(fast)).contains("hit");
    body(fast, 0, BODY.length());
    assertThat(origin.requests()).isEqualTo(asked);
    assertThat(pod.isAlive()).isTrue();
  }

  /** Each holds up the chunk that is written and those asked ahead, and no more. */
  @Test
  void clientsThatStallGetTheRestWhenTheyReadOn() throws IOException {
    await().atMost(60, TimeUnit.SECONDS).pollDelay(Duration.ZERO).until(this::isStored);
    List<InputStream> stalled = new ArrayList<>();
    int hits = 0;
    for (int i = 0; i < STALLED; i++) {
      InputStream one = ask();
      hits += head(one).contains("hit") ? 1 : 0;
      stalled.add(one);
    }
    for (InputStream one : stalled) {
      body(one, 0, BODY.length());
    }
    assertThat(hits).as("others found Redis too busy").isGreaterThan(STALLED / 2);
    assertThat(pod.isAlive()).isTrue();
  }
}
