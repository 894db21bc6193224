package io.warmgate.local.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An origin whose truth changes: an answer is the number that was true when its request came, and
 * cacheable. Answers take a while, so that the truth changes under them; one can be held back.
 */
final class TruthOrigin implements AutoCloseable {
  private static final long SLOWEST_NANOS = 20_000_000;
  private static final long LONGEST_HOLD_SECONDS = 60;

  private final AtomicLong truth = new AtomicLong(1);
  private final Map<String, Hold> holds = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** One answer that is held back. */
  static final class Hold {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Waits until its request has come. */
    void awaitAsked() throws InterruptedException {
      if (!asked.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody asked");
      }
    }

    void release() {
      released.countDown();
    }

    private void hold() {
      asked.countDown();
      try {
        released.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  TruthOrigin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on the next number is true. */
  long change() {
    return truth.incrementAndGet();
  }

  /** The next answer for this path is held back. */
  Hold hold(String path) {
    var hold = new Hold();
    holds.put(path, hold);
    return hold;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] now = String.valueOf(truth.get()).getBytes(StandardCharsets.US_ASCII);
      Hold hold = holds.remove(exchange.getRequestURI().getPath());
      if (hold == null) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SLOWEST_NANOS));
      } else {
        hold.hold();
      }
      exchange.getResponseHeaders().set("Cache-Control", "max-age=3600");
      exchange.sendResponseHeaders(200, now.length);
      exchange.getResponseBody().write(now);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
