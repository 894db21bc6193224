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
  private final InetSocketAddress address;
  private final AtomicLong requests = new AtomicLong();
  private final List<Long> askedNanos = new ArrayList<>();
  private volatile Duration latency = Duration.ofMillis(10);
  private volatile int failsOneIn;
  private volatile Duration fresh = Duration.ofMinutes(5);
  private HttpServer server;

  ReleaseOrigin(String release) throws IOException {
    this.release = release;
    server = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    address = server.getAddress();
  }

  private HttpServer listen(InetSocketAddress at) throws IOException {
    HttpServer listening = HttpServer.create(at, 0);
    listening.setExecutor(threads);
    listening.createContext("/", this::answer);
    listening.start();
    return listening;
  }

  String url() {
    return "http://127.0.0.1:" + address.getPort();
  }

  String release() {
    return release;
  }

  /** Connections break, and none is taken any more. */
  synchronized void goesDown() {
    server.stop(0);
  }

  /** After it went down: at the same address. */
  synchronized void comesBack() throws IOException {
    server = listen(address);
  }

  ReleaseOrigin takes(Duration time) {
    latency = time;
    return this;
  }

  /** Its answers from now on are fresh for so long. */
  ReleaseOrigin freshFor(Duration time) {
    fresh = time;
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
    return OriginLoad.of(this).peakPerSecond(Duration.ofSeconds(5));
  }

  /** When it was asked, by {@link System#nanoTime}. */
  List<Long> askedNanos() {
    synchronized (askedNanos) {
      return List.copyOf(askedNanos);
    }
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
      exchange.getResponseHeaders().set("Cache-Control", "max-age=" + fresh.toSeconds());
      exchange.sendResponseHeaders(every > 0 && number % every == 0 ? 500 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public synchronized void close() {
    server.stop(0);
    threads.close();
  }
}
