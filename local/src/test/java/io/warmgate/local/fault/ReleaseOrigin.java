package io.warmgate.local.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One release of an API: its answers name it and their path, are cacheable, and take a while. It
 * notes when it was asked.
 */
final class ReleaseOrigin implements AutoCloseable {
  private final String release;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final AtomicLong requests = new AtomicLong();
  private final List<Long> askedNanos = new ArrayList<>();
  private volatile Duration latency = Duration.ofMillis(10);
  private volatile int failsOneIn;

  ReleaseOrigin(String release) throws IOException {
    this.release = release;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  ReleaseOrigin takes(Duration time) {
    latency = time;
    return this;
  }

  /** Every so many-th answer is a 500; 0: none. */
  ReleaseOrigin failsOneIn(int answers) {
    failsOneIn = answers;
    return this;
  }

  long requests() {
    return requests.get();
  }

  /** The most that it was asked in five seconds of those that it was asked in, a second. */
  double peakPerSecond() {
    List<Long> times;
    synchronized (askedNanos) {
      times = new ArrayList<>(askedNanos);
    }
    int most = 0;
    int from = 0;
    for (int to = 0; to < times.size(); to++) {
      while (times.get(to) - times.get(from) > Duration.ofSeconds(5).toNanos()) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most / 5.0;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      long number = requests.incrementAndGet();
      synchronized (askedNanos) {
        askedNanos.add(System.nanoTime());
      }
      LockSupport.parkNanos(latency.toNanos());
      String path = exchange.getRequestURI().getPath();
      byte[] body = (release + " " + path + " " + number).getBytes(StandardCharsets.US_ASCII);
      int every = failsOneIn;
      exchange.getResponseHeaders().set("Cache-Control", "max-age=300");
      exchange.sendResponseHeaders(every > 0 && number % every == 0 ? 500 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
